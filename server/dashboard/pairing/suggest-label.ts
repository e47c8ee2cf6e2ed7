import { LABEL_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import type { Pairing } from "../../../shared/wire.ts";
import { foldText } from "../../folded-text.ts";
import { cutLabel, fitLabel } from "../keys/fit-label.ts";
import { day, time } from "../ui/format.ts";

/** The place's name, shortened to fit, or its id. */
export function placeLabel({ placeName, placeId }: Pairing["reported"]): string {
	return fitLabel(placeName ?? "") ?? (placeId === null ? "Unpublished place" : `Place ${placeId}`);
}

/**
 * Suggests a label for a place's key that is not `taken` by another: the place's name. On reconnect, or where another key
 * has that label, the day is added; and what else tells them apart.
 */
export function suggestLabel(
	{ reported, previousKey, createdAt }: Pairing,
	now: number,
	taken: readonly string[],
): string {
	const name = placeLabel(reported);
	const isFree = freeOf(previousKey ? [previousKey.label, ...taken] : taken);
	return reported.intent === "connect" && isFree(name) ? name : withDay(name, createdAt, now, isFree);
}

/** The suffix of an earlier key: ", 23 Nov", optionally with year, time or number. */
const DATE_SUFFIX = /, \d{1,2} \p{Lu}\p{Ll}{2,3}(?: \d{4})?(?: \d\d:\d\d)?(?: \(\d+\))?$/u;

/** What is valid of a label, without the date of an earlier rotation. */
export function undatedLabel(label: string): string {
	return fitLabel(label.replace(DATE_SUFFIX, "")) ?? "Key";
}

/** Suggests a label for a key that replaces another by hand: the old label with today's date, not `taken` by another. */
export function datedLabel(oldLabel: string, now: number, taken: readonly string[]): string {
	return withDay(undatedLabel(oldLabel), new Date(now).toISOString(), now, freeOf([oldLabel, ...taken]));
}

function withDay(name: string, at: string, now: number, isFree: (label: string) => boolean): string {
	const dated = withSuffix(name, `, ${day(at, now)}`);
	if (isFree(dated)) return dated;
	const timed = `, ${day(at, now)} ${time(at)}`;
	let label = withSuffix(name, timed);
	for (let number = 2; !isFree(label); number++) label = withSuffix(name, `${timed} (${number})`);
	return label;
}

function withSuffix(name: string, suffix: string): string {
	return cutLabel(name, LABEL_MAX_CODE_POINTS - suffix.length) + suffix;
}

/** Labels that read the same count as the same, as in the security checklist. */
function freeOf(taken: readonly string[]): (label: string) => boolean {
	const folded = new Set(taken.map(foldText));
	return (label) => !folded.has(foldText(label));
}
