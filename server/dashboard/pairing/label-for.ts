import { LABEL_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import type { Pairing } from "../../../shared/wire.ts";
import { fitLabel } from "../keys/label.ts";
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
	const dated = withEnd(name, `, ${day(createdAt, now)}`);
	return dated === previousKey?.label ? withEnd(name, `, ${day(createdAt, now)} ${time(createdAt)}`) : dated;
}

function withEnd(name: string, end: string): string {
	return (
		[...name]
			.slice(0, LABEL_MAX_CODE_POINTS - end.length)
			.join("")
			.trim() + end
	);
}
