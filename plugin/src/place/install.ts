import { ServerScriptService } from "@rbxts/services";

import { beginRecording } from "../studio/history";
import { OwnCode } from "./asks";
import { CLIENT_NAME } from "./client-module";
import { coreText } from "./core-text";
import { draftOfNew } from "./draft";
import { editorSource } from "./editor";
import { inspect } from "./inspect";
import { MANAGED_NAME, mark } from "./marks";
import { ServerAddress } from "./server-address";
import { renderSource } from "./source";
import { Grant, WriteResult } from "./types";
import { writeFailureOf } from "./write-failure";

function buildManagedScript(source: string, keyId: string | undefined, client: Instance): Script {
	const managed = new Instance("Script");
	managed.Name = MANAGED_NAME;
	managed.RunContext = Enum.RunContext.Legacy;
	managed.Source = source;
	mark(managed, keyId);
	const copy = client.Clone();
	copy.Name = CLIENT_NAME;
	copy.Parent = managed;
	return managed;
}

/** Builds the managed Script off-tree and parents it last, so the place never holds a half-built one. */
export function install(own: OwnCode, grant: Grant, address: ServerAddress): WriteResult {
	const before = inspect(own);
	if (before.kind === "refused") return { kind: "refused", refusal: before.refusal };
	if (before.kind === "managed") return { kind: "changed" };
	const recording = beginRecording("Connect the place");
	if (recording === undefined) return { kind: "busy" };

	let managed: Script | undefined;
	const source = renderSource(grant.key, address, coreText());
	const [written, thrown] = pcall(() => {
		managed = buildManagedScript(source, grant.keyId, own.client);
		managed.Parent = ServerScriptService;
	});
	const after = inspect(own);
	const isThere = after.kind === "managed" && after.script === managed && after.found.asks.isEmpty();
	if (written && isThere && after.script.Source === source) {
		recording.close(true);
		return { kind: "written", path: after.found.path, warnings: [] };
	}
	if (written && managed !== undefined && managed.Source !== source && editorSource(managed) === source) {
		recording.close(true);
		return { kind: "drafted", draft: draftOfNew(own, managed, grant) };
	}
	const [removed] = pcall(() => {
		if (managed !== undefined) managed.Parent = undefined;
	});
	// It yielded nowhere, so nothing but the Script is cancelled with it.
	recording.close(false);
	const restored = removed && inspect(own).kind === "none";
	const failure = written ? ({ kind: "not-kept" } as const) : writeFailureOf(thrown);
	return { kind: "failed", failure, restored };
}
