import { LABEL_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import { VISIBLE } from "../../../shared/visible.ts";
import type { FieldProblem } from "../api/api-error.ts";

const SEEN = new RegExp(VISIBLE, "u");

/** Control and format characters would hide what a label says; lone surrogates are no text at all. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;

const A_KEY = /auxvyn_[0-9a-f]{60}/;

/** What is wrong with a label, in words for the person who types it. */
export function labelProblem(label: string): string | undefined {
	const trimmed = label.trim();
	if (!SEEN.test(trimmed)) return "Give the key a label, so that you know it again later.";
	if (A_KEY.test(trimmed)) return "That contains a key. A label is not secret: choose other words.";
	if ([...trimmed].length > LABEL_MAX_CODE_POINTS) return `Use at most ${LABEL_MAX_CODE_POINTS} characters.`;
	if (UNFIT.test(trimmed)) return "Leave out control characters.";
	return undefined;
}

/** The same, for a form with a field of that name. */
export function checkLabel(label: string): FieldProblem | undefined {
	const message = labelProblem(label);
	return message === undefined ? undefined : { path: "label", message };
}

/** The nearest label to a text from elsewhere, or undefined where nothing is left of it. */
export function fitLabel(source: string): string | undefined {
	const kept = [...source]
		.filter((character) => !UNFIT.test(character))
		.join("")
		.trim();
	if (A_KEY.test(kept)) return undefined;
	const fitting = cutLabel(kept, LABEL_MAX_CODE_POINTS);
	return labelProblem(fitting) === undefined ? fitting : undefined;
}

/** At most `most` code points of a text, the last of them "…" where it goes on. */
export function cutLabel(text: string, most: number): string {
	const characters = [...text];
	if (characters.length <= most) return text;
	return `${characters
		.slice(0, most - 1)
		.join("")
		.trimEnd()}…`;
}
