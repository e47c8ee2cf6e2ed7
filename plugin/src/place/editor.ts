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
	/** The source that it took. */
	stored?: string;
}

/** Whether a change has reached the place or the script editor. */
export function hasArrived(managed: Script, stored: string | undefined): boolean {
	if (stored === undefined) return false;
	return sameLines(managed.Source, stored) || sameLines(editorSource(managed), stored);
}

/** How many changes have been kept: an earlier one that arrives late is then no longer taken back. */
let kept = 0;

/** What the script editor has now is meant to stay. */
export function keepEdits(): void {
	kept += 1;
}

/**
 * Edits a source through the script editor. Yields. `edit` returns undefined to leave it. Once this has returned, no edit is
 * made any more. If Studio stores an earlier one only then, `onLate` has to take it back, as long as `isStray` says so: a
 * later change may have been kept meanwhile.
 */
export function editSource(
	managed: Script,
	edit: (current: string) => string | undefined,
	onLate: (isStray: () => boolean) => void = () => {},
): EditorWrite {
	let open = true;
	let before: string | undefined;
	let stored: string | undefined;
	const keptBefore = kept;
	const isStray = () => kept === keptBefore;
	const failure = sleep<WriteFailure>((wake) => {
		task.delay(UPDATE_TIMEOUT_SECONDS, () => wake({ kind: "timed-out" }));
		task.spawn(() => {
			const [done, thrown] = pcall(() => {
				ScriptEditorService.UpdateSourceAsync(managed, (current: string) => {
					const text = open ? edit(current) : undefined;
					// Where Studio asks again, only the last answer counts.
					before = text === undefined ? undefined : current;
					stored = text;
					return text;
				});
			});
			if (open) wake(done ? undefined : writeFailureOf(thrown));
			else if (isStray() && hasArrived(managed, stored)) onLate(isStray);
		});
	});
	open = false;
	return { failure, before, stored };
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
 * Takes key `to` out again and puts `from` back, as long as `isWanted` says so. Yields. Where neither of them is left, the
 * whole source is put back. True if the place has `from`, or someone else's key by now, and nothing has `to`.
 */
export function restoreKey(
	managed: Script,
	from: string,
	to: string,
	before: SourceBefore,
	isWanted: () => boolean,
): boolean {
	if (contains(managed.Source, to) || contains(editorSource(managed), to)) {
		editSource(managed, (current) => (isWanted() ? replaceKeyLiteral(current, to, from) : undefined));
		if (!isWanted()) return false;
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
	return keyIn(managed.Source) !== undefined && !contains(managed.Source + editorSource(managed), to);
}
