import { beginRecording } from "../studio/history";
import { OwnCode } from "./asks";
import { pathOf } from "./candidates";
import { editorSource, keyIn } from "./editor";
import { inspect } from "./inspect";
import { markKeyId } from "./marks";
import { Draft, Grant, WriteResult } from "./types";

function isCommitted(own: OwnCode, managed: Script, key: string): boolean {
	const now = inspect(own);
	if (now.kind !== "managed" || now.script !== managed || now.found.key !== key) return false;
	return keyIn(editorSource(managed)) === key;
}

function finish(own: OwnCode, managed: Script, grant: Grant): WriteResult {
	const now = inspect(own);
	if (now.kind === "refused") return { kind: "refused", refusal: now.refusal };
	if (now.kind === "none" || now.script !== managed || now.found.key !== grant.key) return { kind: "changed" };
	const { path, warnings } = now.found;
	if (now.found.keyId === grant.keyId) return { kind: "written", path, warnings };
	const recording = beginRecording("Replace the key");
	if (recording === undefined) return { kind: "busy" };
	const [marked] = pcall(() => markKeyId(managed, grant.keyId));
	recording.close(marked);
	// The attribute is a hint: without it the key works all the same.
	return { kind: "written", path, warnings };
}

/** A draft in which the old key was replaced with the granted one; `undo` puts it back. */
export function draftOf(own: OwnCode, managed: Script, grant: Grant, undo: () => boolean): Draft {
	return {
		path: pathOf(managed),
		isCommitted: () => isCommitted(own, managed, grant.key),
		finish: () => finish(own, managed, grant),
		undo,
	};
}

/** The draft of a new managed Script, which is removed on undo. */
export function draftOfNew(own: OwnCode, managed: Script, grant: Grant): Draft {
	return {
		path: pathOf(managed),
		// Its Client is a draft, too.
		isCommitted: () => isCommitted(own, managed, grant.key) && isOwnClient(own, managed),
		finish: () => finish(own, managed, grant),
		undo: () => {
			const recording = beginRecording("Remove the draft");
			const [removed] = pcall(() => (managed.Parent = undefined));
			recording?.close(true);
			return removed && managed.Parent === undefined;
		},
	};
}

function isOwnClient(own: OwnCode, managed: Script): boolean {
	const now = inspect(own);
	return now.kind === "managed" && now.script === managed && now.found.client === own.clientFingerprint;
}
