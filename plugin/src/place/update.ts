import { beginRecording } from "../studio/history";
import { OwnCode } from "./asks";
import { CLIENT_NAME, fingerprintOf } from "./client-module";
import { coreText } from "./core-text";
import { editorSource, EditorWrite, editSource, hasArrived, keepEdits } from "./editor";
import { inspect, inspectEditor, isSame } from "./inspect";
import { updateSource } from "./source";
import { PlaceKey, WriteFailure, WriteResult } from "./types";
import { writeFailureOf } from "./write-failure";

const NOTHING_REPLACED = [undefined, () => true] as const;

/** Replaces the Script's Clients by the plugin's own. Returns a function that puts them back; it returns whether it could. */
function replaceClient(managed: Script, own: OwnCode): [failure: WriteFailure | undefined, restore: () => boolean] {
	const old = managed.GetChildren().filter((child) => child.Name === CLIENT_NAME);
	const copy = own.client.Clone();
	copy.Name = CLIENT_NAME;
	const [added, thrown] = pcall(() => (copy.Parent = managed));
	// Under Drafts a new module may be empty: then the old ones are not even moved.
	const isKept = added && fingerprintOf(copy) === own.clientFingerprint;
	const [removed, unremoved] = pcall(() => {
		// Not destroyed, which could not be undone.
		if (isKept) old.forEach((child) => (child.Parent = undefined));
	});
	const restore = () => {
		const [restored] = pcall(() => {
			copy.Parent = undefined;
			for (const child of old) if (child.Parent !== managed) child.Parent = managed;
		});
		return restored;
	};
	const failure = added ? (removed ? undefined : writeFailureOf(unremoved)) : writeFailureOf(thrown);
	return [failure ?? (isKept ? undefined : { kind: "draft" }), restore];
}

/** Guarded like `replaceKey`. */
function updateCode(own: OwnCode, managed: Script, from: PlaceKey, isWanted: () => boolean): EditorWrite {
	const edit = (current: string) => {
		const [inPlace, inEditor] = [inspectEditor(managed, managed.Source, own), inspectEditor(managed, current, own)];
		const unchanged =
			inPlace !== undefined && inEditor !== undefined && isSame(inPlace, from) && isSame(inEditor, from);
		return unchanged && isWanted() ? updateSource(current, coreText()) : undefined;
	};
	const old = managed.Source;
	const written = editSource(managed, edit, (isStray) => restoreSource(managed, old, written, isStray));
	return written;
}

/**
 * Puts the whole source back, in the place and in the script editor, as long as they have what was `written` and `isWanted`
 * says so: what someone else wrote meanwhile stays. Yields.
 */
function restoreSource(
	managed: Script,
	old: string,
	{ before, stored }: EditorWrite,
	isWanted: () => boolean = () => true,
): boolean {
	if (before === undefined || !hasArrived(managed, stored)) return managed.Source === old;
	if (editorSource(managed) !== before) editSource(managed, () => (isWanted() ? before : undefined));
	if (managed.Source !== old && isWanted()) pcall(() => (managed.Source = old));
	return managed.Source === old && editorSource(managed) === before;
}

/** Replaces the code of the managed Script and its Client by this version's. Key and options stay. Yields. */
export function update(own: OwnCode, from: PlaceKey, isWanted: () => boolean): WriteResult {
	const before = inspect(own);
	if (before.kind === "refused") return { kind: "refused", refusal: before.refusal };
	if (before.kind === "none" || !isSame(before.found, from) || !before.found.updatable) return { kind: "changed" };
	const recording = beginRecording("Update the Script");
	if (recording === undefined) return { kind: "busy" };

	const managed = before.script;
	const old = managed.Source;
	const written = before.found.form === "older" ? updateCode(own, managed, from, isWanted) : {};
	const isWritten = before.found.form !== "older" || written.before !== undefined;
	const [failure, restoreClient] =
		isWritten && written.failure === undefined && isWanted() ? replaceClient(managed, own) : NOTHING_REPLACED;
	const after = inspect(own);
	const isDone = after.kind === "managed" && after.script === managed && !after.found.updatable;
	if (isDone && after.found.key === from.key && isWanted()) {
		keepEdits();
		recording.close(true);
		return { kind: "written", path: after.found.path, warnings: after.found.warnings };
	}
	const restored = [restoreClient(), restoreSource(managed, old, written)].every((each) => each);
	// Not cancelled, like in `replaceKey`.
	recording.close(true);
	if (written.failure === undefined && !isWritten && restored) return { kind: "changed" };
	return { kind: "failed", failure: written.failure ?? failure ?? { kind: "not-kept" }, restored };
}
