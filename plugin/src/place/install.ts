import { ServerScriptService } from "@rbxts/services";

import { beginRecording } from "../studio/history";
import { CLIENT_NAME } from "./client-module";
import { inspect, KEY_ID_ATTRIBUTE, MANAGED_NAME, MANAGED_TAG, SCHEMA_ATTRIBUTE } from "./inspect";
import { ServerAddress } from "./server-address";
import { renderSource } from "./source";
import { Grant, WriteResult } from "./types";
import { writeFailureOf } from "./write-failure";

const SCHEMA_VERSION = 1;

function buildManagedScript(source: string, keyId: string | undefined, client: Instance): Script {
	const managed = new Instance("Script");
	managed.Name = MANAGED_NAME;
	managed.RunContext = Enum.RunContext.Legacy;
	managed.Source = source;
	managed.AddTag(MANAGED_TAG);
	managed.SetAttribute(SCHEMA_ATTRIBUTE, SCHEMA_VERSION);
	managed.SetAttribute(KEY_ID_ATTRIBUTE, keyId);
	const copy = client.Clone();
	copy.Name = CLIENT_NAME;
	copy.Parent = managed;
	return managed;
}

/** Builds the managed Script off-tree and parents it last, so the place never holds a half-built one. */
export function install(grant: Grant, address: ServerAddress, client: Instance): WriteResult {
	const before = inspect();
	if (before.kind === "refused") return before;
	if (before.kind === "managed") return { kind: "changed" };
	const recording = beginRecording("Connect the place");
	if (recording === undefined) return { kind: "busy" };

	let managed: Script | undefined;
	const source = renderSource(grant.key, address);
	const [written, thrown] = pcall(() => {
		managed = buildManagedScript(source, grant.keyId, client);
		managed.Parent = ServerScriptService;
	});
	if (written && managed?.Source === source) {
		recording.close(true);
		return { kind: "written", path: managed.GetFullName(), warnings: [] };
	}
	const [removed] = pcall(() => {
		if (managed !== undefined) managed.Parent = undefined;
	});
	recording.close(false);
	const restored = removed && inspect().kind === "none";
	return { kind: "failed", failure: written ? { kind: "draft" } : writeFailureOf(thrown), restored };
}
