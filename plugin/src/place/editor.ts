import { ScriptEditorService } from "@rbxts/services";

import { sleep } from "../studio/sleep";
import { factsOf } from "./facts";
import { replaceKeyLiteral } from "./source";
import { WriteFailure } from "./types";
import { writeFailureOf } from "./write-failure";

/** UpdateSourceAsync has no timeout of its own. */
const UPDATE_TIMEOUT_SECONDS = 20;

export interface EditorWrite {
	/** What went wrong, as far as Studio reports it. */
	failure?: WriteFailure;
	/** The source that the script editor had, if it took another one. */
	before?: string;
}

/**
 * Edits a source through the script editor. Yields. `edit` returns undefined to leave it. Once this has returned, no edit is
 * made any more; `onLate` is called if Studio finishes an earlier one only then.
 */
export function editSource(
	managed: Script,
	edit: (current: string) => string | undefined,
	onLate: () => void = () => {},
): EditorWrite {
	let open = true;
	let before: string | undefined;
	const failure = sleep<WriteFailure>((wake) => {
		task.delay(UPDATE_TIMEOUT_SECONDS, () => wake({ kind: "timed-out" }));
		task.spawn(() => {
			const [done, thrown] = pcall(() => {
				ScriptEditorService.UpdateSourceAsync(managed, (current: string) => {
					const text = open ? edit(current) : undefined;
					if (text !== undefined) before = current;
					return text;
				});
			});
			if (open) wake(done ? undefined : writeFailureOf(thrown));
			else if (before !== undefined) onLate();
		});
	});
	open = false;
	return { failure, before };
}

/** The only key in a source, if it declares one. */
export function keyIn(source: string): string | undefined {
	const facts = factsOf(source);
	return typeIs(facts, "string") ? undefined : facts.key;
}

/** The source that an open script editor or a draft has, else the place's. */
export function editorSource(managed: Script): string {
	const [read, source] = pcall(() => ScriptEditorService.GetEditorSource(managed));
	return read ? source : managed.Source;
}

function contains(source: string, key: string): boolean {
	return source.find(key, 1, true)[0] !== undefined;
}

function sameLines(a: string, b: string): boolean {
	return a.gsub("\r\n", "\n")[0] === b.gsub("\r\n", "\n")[0];
}

/** What was there before a change. */
export interface SourceBefore {
	/** The place's source. */
	place: string;
	/** The script editor's, if it took a change. */
	editor?: string;
}

/**
 * Takes key `to` out again and puts `from` back. Yields. Where neither of them is left, the whole source is put back. True if
 * the place has `from`, and the script editor has not `to`.
 */
export function restoreKey(managed: Script, from: string, to: string, before: SourceBefore): boolean {
	if (contains(managed.Source, to) || contains(editorSource(managed), to)) {
		editSource(managed, (current) => replaceKeyLiteral(current, to, from));
		const source = replaceKeyLiteral(managed.Source, to, from);
		if (source !== undefined) pcall(() => (managed.Source = source));
	}
	const whole = before.editor;
	if (whole !== undefined && keyIn(managed.Source) === undefined) {
		editSource(managed, () => whole);
		if (keyIn(managed.Source) === undefined) pcall(() => (managed.Source = before.place));
	}
	// The script editor changes line ends.
	if (managed.Source !== before.place && sameLines(managed.Source, before.place)) {
		pcall(() => (managed.Source = before.place));
	}
	return keyIn(managed.Source) === from && !contains(editorSource(managed), to);
}
