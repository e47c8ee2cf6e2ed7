import { LABEL_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import type { Pairing } from "../../../shared/wire.ts";
import { cutLabel, fitLabel } from "../keys/label.ts";
import { day, time } from "../ui/format.ts";

/**
 * A label to start from: the place's name, cut to what a label may be. On reconnect with the day after it, or with
 * the time where the old key has that label, so that the two can be told apart in the list.
 */
export function labelFor({ reported, previousKey, createdAt }: Pairing, now: number): string {
	const name =
		fitLabel(reported.placeName ?? "") ??
		(reported.placeId === null ? "Unpublished place" : `Place ${reported.placeId}`);
	if (reported.intent === "connect") return name;
	return withDay(name, createdAt, now, previousKey?.label);
}

/** What an earlier rotation put after a label: ", 23 Nov", with a year or the time or neither. */
const DAY_AT_END = /, \d{1,2} \p{Lu}\p{Ll}{2,3}(?: \d{4})?(?: \d\d:\d\d)?$/u;

/** A label to start from for a key that comes in another's place by hand: the old one's, with this day after it. */
export function datedLabel(oldLabel: string, now: number): string {
	return withDay(oldLabel.replace(DAY_AT_END, ""), new Date(now).toISOString(), now, oldLabel);
}

function withDay(name: string, at: string, now: number, oldLabel: string | undefined): string {
	const dated = withEnd(name, `, ${day(at, now)}`);
	return dated === oldLabel ? withEnd(name, `, ${day(at, now)} ${time(at)}`) : dated;
}

function withEnd(name: string, end: string): string {
	return cutLabel(name, LABEL_MAX_CODE_POINTS - end.length) + end;
}
