import { LABEL_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import type { Pairing } from "../../../shared/wire.ts";
import { cutLabel, fitLabel } from "../keys/fit-label.ts";
import { day, time } from "../ui/format.ts";

/**
 * Suggests a label: the place's name, shortened to fit. On reconnect the day is added, or day and time if the old key
 * already has that label, so that the two can be told apart.
 */
export function suggestLabel({ reported, previousKey, createdAt }: Pairing, now: number): string {
	const name =
		fitLabel(reported.placeName ?? "") ??
		(reported.placeId === null ? "Unpublished place" : `Place ${reported.placeId}`);
	if (reported.intent === "connect") return name;
	return withDay(name, createdAt, now, previousKey?.label);
}

/** The suffix of an earlier rotation: ", 23 Nov", optionally with year or time. */
const DATE_SUFFIX = /, \d{1,2} \p{Lu}\p{Ll}{2,3}(?: \d{4})?(?: \d\d:\d\d)?$/u;

/** Suggests a label for a key that replaces another by hand: what is valid of the old label, with today's date. */
export function datedLabel(oldLabel: string, now: number): string {
	return withDay(fitLabel(oldLabel.replace(DATE_SUFFIX, "")) ?? "Key", new Date(now).toISOString(), now, oldLabel);
}

function withDay(name: string, at: string, now: number, oldLabel: string | undefined): string {
	const dated = withSuffix(name, `, ${day(at, now)}`);
	return dated === oldLabel ? withSuffix(name, `, ${day(at, now)} ${time(at)}`) : dated;
}

function withSuffix(name: string, suffix: string): string {
	return cutLabel(name, LABEL_MAX_CODE_POINTS - suffix.length) + suffix;
}
