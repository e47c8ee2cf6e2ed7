import { LABEL_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import { VISIBLE } from "../../../shared/visible.ts";
import type { FieldProblem } from "../api/api-error.ts";

const SEEN = new RegExp(VISIBLE, "u");

/** Control and bidi characters could disguise a label; lone surrogates are not text. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;

const KEY = /auxvyn_[0-9a-f]{60}/;

/** What is wrong with a label, for the user. */
export function labelProblem(label: string): string | undefined {
	const trimmed = label.trim();
	if (!SEEN.test(trimmed)) return "Give the key a label, so that you can recognise it later.";
	if (KEY.test(trimmed)) return "This contains a key. Labels are not secret: choose another one.";
	if ([...trimmed].length > LABEL_MAX_CODE_POINTS) return `Use at most ${LABEL_MAX_CODE_POINTS} characters.`;
	if (FORBIDDEN.test(trimmed)) return "Remove the control characters.";
	return undefined;
}

/** The same, as a problem of a form's `label` field. */
export function checkLabel(label: string): FieldProblem | undefined {
	const message = labelProblem(label);
	return message === undefined ? undefined : { path: "label", message };
}

/** Turns any text into a valid label, or undefined if nothing is left of it. */
export function fitLabel(source: string): string | undefined {
	const kept = [...source]
		.filter((character) => !FORBIDDEN.test(character))
		.join("")
		.trim();
	if (KEY.test(kept)) return undefined;
	const fitted = cutLabel(kept, LABEL_MAX_CODE_POINTS);
	return labelProblem(fitted) === undefined ? fitted : undefined;
}

/** Cuts a text to `max` code points, ending in "…" if it was longer. */
export function cutLabel(text: string, max: number): string {
	const characters = [...text];
	if (characters.length <= max) return text;
	return `${characters
		.slice(0, max - 1)
		.join("")
		.trimEnd()}…`;
}
