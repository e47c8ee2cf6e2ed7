import { isoTime } from "../clock.ts";
import { type Timekeeper, TOLERANCE_MS } from "../storage/timekeeper.ts";

const SECOND_MS = 1000;
const UNITS = [
	["day", 86_400 * SECOND_MS],
	["hour", 3_600 * SECOND_MS],
	["minute", 60 * SECOND_MS],
] as const;

const PAUSED = "Until then nothing is deleted for being old.";

/** What the log says at the start about a clock that went back, or is not believed. Undefined: nothing. */
export function clockAtStart({ stored, wall, now, leadMs, isInDoubt }: Timekeeper): string | undefined {
	const reading = wall();
	const back = Math.max(stored.greatestWall ?? 0, stored.latest) - reading;
	if (back > TOLERANCE_MS) {
		const wentBack = `This machine's clock went back by ${inWords(back)} since Auxvyn last ran, to ${isoTime(reading)}.`;
		return isInDoubt()
			? `${wentBack} ${behind(now())}`
			: `${wentBack} It had not been believed, so nothing was deleted or dated by it.`;
	}
	return isInDoubt() ? doubtText(leadMs(), now()) : undefined;
}

/** Why the clock is in doubt, and what to do. */
export function doubtText(leadMs: number, now: number): string {
	const apart = inWords(Math.abs(leadMs));
	if (leadMs < 0) return `This machine's clock went back by ${apart}. ${behind(now)}`;
	return `This machine's clock is ${apart} ahead of the latest time stored, and is not believed: time goes on from ${isoTime(now)}. If the clock is wrong, correct it. If it is right, run npm run trust-clock; otherwise it is believed after it has run evenly for 24 hours. ${PAUSED}`;
}

function behind(now: number): string {
	return `Time never goes back: it goes on from the latest stored, ${isoTime(now)}, and stays ahead of the clock. If the clock is wrong, correct it; otherwise its pace is trusted after it has run evenly for 24 hours. ${PAUSED}`;
}

/** "365 days", "3 hours", "7 minutes": the largest unit of which there are at least two. */
export function inWords(milliseconds: number): string {
	for (const [name, size] of UNITS) {
		const count = Math.round(milliseconds / size);
		if (count >= 2) return `${count} ${name}s`;
	}
	return `${Math.round(milliseconds / SECOND_MS)} seconds`;
}
