import { beginRecording } from "../studio/history";
import { OwnCode } from "./asks";
import { CLIENT_NAME } from "./client-module";
import { editSource } from "./editor";
import { inspect, inspectEditor, isSame } from "./inspect";
import { PlaceKey, WriteFailure, WriteResult } from "./types";
import { writeFailureOf } from "./write-failure";

/** Replaces the Script's Clients by the plugin's own. Returns a function that puts them back; it returns whether it could. */
function replaceClient(managed: Script, client: Instance): [failure: WriteFailure | undefined, restore: () => boolean] {
	const old = managed.GetChildren().filter((child) => child.Name === CLIENT_NAME);
	const copy = client.Clone();
	copy.Name = CLIENT_NAME;
	const [replaced, thrown] = pcall(() => {
		copy.Parent = managed;
		// Not destroyed, which could not be undone.
		for (const child of old) child.Parent = undefined;
	});
	const restore = () => {
		const [restored] = pcall(() => {
			copy.Parent = undefined;
			for (const child of old) child.Parent = managed;
		});
		return restored;
	};
	return [replaced ? undefined : writeFailureOf(thrown), restore];
}

/** Replaces the code of the managed Script and its Client by this version's. Key and options stay. Yields. */
export function update(own: OwnCode, from: PlaceKey, isWanted: () => boolean): WriteResult {
	const before = inspect(own);
	if (before.kind === "refused") return { kind: "refused", refusal: before.refusal };
	if (before.kind === "none" || !isSame(before.found, from) || !before.found.updatable) return { kind: "changed" };
	const recording = beginRecording("Update the Script");
	if (recording === undefined) return { kind: "busy" };

	const managed = before.script;
	let failure: WriteFailure | undefined;
	let restoreSource = () => true;
	if (before.found.form === "older") {
		const written = editSource(managed, (current) => {
			const [inPlace, inEditor] = [inspectEditor(managed, managed.Source, own), inspectEditor(managed, current, own)];
			if (inPlace === undefined || inEditor === undefined || !isWanted()) return undefined;
			return isSame(inPlace, from) && isSame(inEditor, from) ? current : undefined;
		});
		failure = written.failure;
		restoreSource = () => written.before === undefined;
	}
	const [notReplaced, restoreClient] = replaceClient(managed, own.client);
	failure ??= notReplaced;
	const after = inspect(own);
	if (after.kind === "managed" && after.script === managed && after.found.key === from.key && !after.found.updatable) {
		recording.close(true);
		return { kind: "written", path: after.found.path, warnings: after.found.warnings };
	}
	const restored = restoreClient() && restoreSource();
	recording.close(true);
	return { kind: "failed", failure: failure ?? { kind: "not-kept" }, restored };
}
