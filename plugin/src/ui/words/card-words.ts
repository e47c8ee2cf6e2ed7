import { Warning } from "../../place";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST_FURTHER = 5;

/** How long ago, in the words people use. Times are seconds of the wall clock. */
export function agoWords(past: number, now: number): string {
	const seconds = math.max(now - past, 0);
	if (seconds < 2 * MINUTE) return "just now";
	if (seconds < 2 * HOUR) return `${math.floor(seconds / MINUTE)} minutes ago`;
	if (seconds < 2 * DAY) return `${math.floor(seconds / HOUR)} hours ago`;
	return `${math.floor(seconds / DAY)} days ago`;
}

/** When a game server last used the key; `iso` is what the server said. */
export function serverUseWords(iso: string | undefined): string {
	if (iso === undefined) return "no game server yet";
	const [read, moment] = pcall(() => DateTime.fromIsoDate(iso));
	if (!read || moment === undefined) return `game server at ${iso}`;
	return `game server ${agoWords(moment.UnixTimestamp, DateTime.now().UnixTimestamp)}`;
}

export function warningWords(warning: Warning): string {
	switch (warning) {
		case "disabled":
			return "The Script is disabled: it will not run until you enable it.";
		case "not-archivable":
			return "The Script is not Archivable: it will not be saved or published until it is.";
		case "client-missing":
			return "The Script's module “Client” is missing: delete the Script and Connect again.";
		case "client-changed":
			return "The Script's module “Client” was changed or is of another version. It gets the key, and nothing here can prove it safe. To renew it, delete the Script and Connect again.";
	}
}

/** The servers that the Script's options add, for people to see whether they know them. */
export function furtherWords(further: string[]): string {
	const more = further.size() > MOST_FURTHER ? `, and ${further.size() - MOST_FURTHER} more` : "";
	return `The Script's options let game code send the key to: ${further.filter((_, index) => index < MOST_FURTHER).join(", ")}${more}.`;
}

/** `m:ss`, rounded up, so that 0:00 means over. */
export function timeLeftWords(seconds: number): string {
	const whole = math.max(math.ceil(seconds), 0);
	return string.format("%d:%02d left", whole / 60 - ((whole / 60) % 1), whole % 60);
}
