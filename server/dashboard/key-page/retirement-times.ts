import { RETIREMENT_MAX_DAYS, SILENCE_MINUTES } from "../../../shared/limits.ts";
import type { WaitingFor } from "../../../shared/wire.ts";

const DAY_MS = 24 * 3_600_000;
/** How long a use that names no game server, or promises no heartbeat, holds up a retirement. */
export const BLOCKED_DAYS = 14;
/** Silence is counted in whole stretches, by the clock. */
const STRETCH_MINUTES = 5;
const STRETCH_MS = STRETCH_MINUTES * 60_000;
const STRETCHES = SILENCE_MINUTES / STRETCH_MINUTES;

/** When one of these alone will no longer keep the key, in milliseconds. Undefined if time alone does not tell. */
function endOf({ code, lastSeenAt }: WaitingFor, silentMinutes: number, now: number): number | undefined {
	const seenAt = lastSeenAt === null ? undefined : Date.parse(lastSeenAt);
	if (code === "silence") {
		const firstSilent = seenAt === undefined ? 0 : Math.floor(seenAt / STRETCH_MS) + 1;
		const current = Math.max(Math.floor(now / STRETCH_MS), firstSilent);
		return (current + STRETCHES - Math.floor(silentMinutes / STRETCH_MINUTES)) * STRETCH_MS;
	}
	const isBlocked = code === "no_server_headers" || code === "no_heartbeat";
	return isBlocked && seenAt !== undefined ? seenAt + BLOCKED_DAYS * DAY_MS : undefined;
}

/** When nothing will keep the key any more, if nothing uses it until then. Undefined if that takes more than time. */
export function safeAt(waitingFor: WaitingFor[], silentMinutes: number, now: number): number | undefined {
	const ends = waitingFor.map((each) => endOf(each, silentMinutes, now));
	if (ends.length === 0 || ends.includes(undefined)) return undefined;
	return Math.max(...ends.filter((end) => end !== undefined));
}

/** From when on a retirement asks a person. */
export function asksAt(since: string): number {
	return Date.parse(since) + RETIREMENT_MAX_DAYS * DAY_MS;
}
