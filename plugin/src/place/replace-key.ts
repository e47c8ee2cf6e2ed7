import { beginRecording } from "../studio/history";
import { OwnCode } from "./asks";
import { draftOf } from "./draft";
import { editorSource, editSource, keepEdits, keyIn, restoreKey } from "./editor";
import { inspect, inspectEditor, isSame } from "./inspect";
import { keepMarks, markKeyId } from "./marks";
import { replaceKeyLiteral } from "./source";
import { Grant, PlaceKey, WriteResult } from "./types";

/** Replaces the key of the managed Script, if it is still what `from` says, with the granted one. */
export function replaceKey(own: OwnCode, from: PlaceKey, grant: Grant, isWanted: () => boolean): WriteResult {
	const before = inspect(own);
	if (before.kind === "refused") return { kind: "refused", refusal: before.refusal };
	if (before.kind === "none" || !isSame(before.found, from)) return { kind: "changed" };
	const recording = beginRecording("Replace the key");
	if (recording === undefined) return { kind: "busy" };

	const managed = before.script;
	const restoreMarks = keepMarks(managed);
	const place = managed.Source;
	// The editor may hold other text than the place, so both are judged again right before the change.
	const swap = (current: string) => {
		const [inPlace, inEditor] = [inspectEditor(managed, managed.Source, own), inspectEditor(managed, current, own)];
		const unchanged =
			inPlace !== undefined && inEditor !== undefined && isSame(inPlace, from) && isSame(inEditor, from);
		return unchanged && isWanted() ? replaceKeyLiteral(current, from.key, grant.key) : undefined;
	};
	const restore = (editor: string | undefined, isStray = () => true) =>
		restoreKey(managed, from.key, grant.key, { place, editor }, isStray);
	const written = editSource(managed, swap, (isStray) => restore(written.before, isStray));
	const after = inspect(own);
	const replaced =
		after.kind === "managed" && after.script === managed && isSame(after.found, { ...from, key: grant.key });
	if (replaced && isWanted() && pcall(() => markKeyId(managed, grant.keyId))[0]) {
		keepEdits();
		recording.close(true);
		return { kind: "written", path: after.found.path, warnings: after.found.warnings };
	}
	const drafted = keyIn(managed.Source) === from.key && keyIn(editorSource(managed)) === grant.key;
	if (drafted && written.failure === undefined && isWanted()) {
		keepEdits();
		recording.close(true);
		return { kind: "drafted", draft: draftOf(own, managed, grant, () => restore(undefined)) };
	}
	const removed = restore(written.before);
	// A colleague's marks belong to a colleague's key.
	const isBack = keyIn(managed.Source) === from.key;
	const restored = removed && (!isBack || restoreMarks());
	// Not cancelled: that would take along what the user did while the editor was at work.
	recording.close(true);
	const isOthers = written.before === undefined || !isBack;
	if (written.failure === undefined && isOthers && restored) return { kind: "changed" };
	return { kind: "failed", failure: written.failure ?? { kind: "not-kept" }, restored };
}
