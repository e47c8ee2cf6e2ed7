import { Warning } from "../../place";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Both times in seconds since 1970. */
function timeAgo(past: number, now: number): string {
	const seconds = math.max(now - past, 0);
	if (seconds < 2 * MINUTE) return "just now";
	if (seconds < 2 * HOUR) return `${math.floor(seconds / MINUTE)} minutes ago`;
	if (seconds < 2 * DAY) return `${math.floor(seconds / HOUR)} hours ago`;
	return `${math.floor(seconds / DAY)} days ago`;
}

/** When a game server last used the key. `iso`: the time reported by the backend. */
export function lastServerText(iso: string | undefined): string {
	if (iso === undefined) return "no game server yet";
	const [read, moment] = pcall(() => DateTime.fromIsoDate(iso));
	if (!read || moment === undefined) return `game server at ${iso}`;
	return `game server ${timeAgo(moment.UnixTimestamp, DateTime.now().UnixTimestamp)}`;
}

/** `updatable`: whether Update is offered. */
export function warningText(warning: Warning, updatable: boolean): string {
	switch (warning) {
		case "disabled":
			return "The Script is disabled: it will not run until you enable it.";
		case "not-archivable":
			return "The Script is not Archivable: it will not be saved or published.";
		case "client-missing":
			return updatable
				? "The Script's module “Client” is missing: click Update to put it back."
				: "The Script's module “Client” is missing: delete the Script, then Connect again.";
	}
}

/** `m:ss left`, rounded up: 0:00 means expired. */
export function timeLeftText(seconds: number): string {
	const whole = math.max(math.ceil(seconds), 0);
	return string.format("%d:%02d left", whole / 60 - ((whole / 60) % 1), whole % 60);
}
