import type { Character } from "../../../shared/characters.ts";
import { LABEL_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import { cutText, fitText } from "../../../shared/text.ts";
import { charactersOf, containsKey } from "../ui/text-problem.ts";

/** Turns any text into a valid label, or undefined if nothing is left of it. */
export function fitLabel(source: string): string | undefined {
	const kept = toText(fitText(charactersOf(source)));
	return kept === "" || containsKey(kept) ? undefined : cutLabel(kept, LABEL_MAX_CODE_POINTS);
}

/** Cuts a text to `max` code points, ending in "…" if it was longer. */
export function cutLabel(text: string, max: number): string {
	const characters = charactersOf(text);
	return characters.length <= max ? text : `${toText(cutText(characters, max - 1))}…`;
}

function toText(characters: Character[]): string {
	return characters.map(({ code }) => String.fromCodePoint(code)).join("");
}
