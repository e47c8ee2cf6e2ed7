import type { Clock } from "../clock.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How far the wall clock may step, or lead the stored time, and still be believed. */
export const TOLERANCE_MS = 5 * MINUTE_MS;
/** Nobody would call a server that was down for so long a wrong clock. */
export const DOWNTIME_MS = 30 * 24 * HOUR_MS;
/** A wall clock that has run evenly for so long is right, whatever was stored. */
export const AGREEMENT_MS = 24 * HOUR_MS;
/** Steps below this need no explanation by sleep. */
const STEP_MS = 2_000;

/** Milliseconds since 1970. */
export interface StoredClock {
	/** The latest time in use that any process stored; 0: none yet. */
	latest: number;
	/** The greatest reading of the wall clock that was not believed; null: none since that was reported. */
	greatestWall: number | null;
}

export interface Timekeeper {
	/** The time in use: never earlier than before, and never slower than the monotonic clock. */
	now(): number;
	/** What the machine's wall clock reads, believed or not. */
	wall(): number;
	/** The wall clock's lead over the time in use; negative if it is behind. */
	leadMs(): number;
	/** True while the wall clock is not believed, so that nothing may be deleted for being old. */
	isInDoubt(): boolean;
	/** Takes over a later time that another process stored. */
	adopt(latest: number): void;
	/** What was stored when this process started. */
	readonly stored: StoredClock;
}

/**
 * Decides how far to believe the wall clock. The time in use follows it, but no further than five minutes ahead of what
 * passed on the monotonic clock; where the wall clock goes back, time runs on by the monotonic clock. At the start, a lead
 * of up to 30 days is taken for downtime.
 */
export function createTimekeeper(clock: Clock, stored: StoredClock): Timekeeper {
	const awakeAtStart = clock.monotonic();
	const bootAtStart = clock.sinceBoot?.() ?? 0;
	/** The machine's sleep, during which the monotonic clock stands still. */
	let slept = 0;
	const elapsed = () => clock.monotonic() + slept;
	/** Of the wall clock to elapsed time. Constant as long as the wall clock runs evenly. */
	const wallOffset = () => clock.now() - elapsed();

	const first = wallOffset();
	const storedOffset = stored.latest - elapsed();
	const isFollowed = stored.latest === 0 || (first >= storedOffset && first <= storedOffset + DOWNTIME_MS);
	/** Where the wall clock is expected. */
	let trusted = isFollowed ? first : storedOffset;
	/** Of the time in use. */
	let offset = trusted;
	/** Since when the wall clock has run evenly. */
	let even = { offset: first, since: elapsed() };
	let previous = first;

	const isExpected = (wall: number) => Math.abs(wall - trusted) <= TOLERANCE_MS;

	/** Reads both clocks. Returns the wall clock's offset. */
	function observe(): number {
		let wall = wallOffset();
		if (Math.abs(wall - previous) > STEP_MS) {
			noteSleep();
			wall = wallOffset();
		}
		previous = wall;
		if (Math.abs(wall - even.offset) > TOLERANCE_MS) even = { offset: wall, since: elapsed() };
		if (elapsed() - even.since >= AGREEMENT_MS) {
			trusted = wall;
			even = { offset: wall, since: elapsed() };
		}
		if (isExpected(wall)) offset = Math.max(offset, wall);
		return wall;
	}

	function noteSleep(): void {
		if (clock.sinceBoot === undefined) return;
		const asleep = clock.sinceBoot() - bootAtStart - (clock.monotonic() - awakeAtStart);
		if (asleep > slept + STEP_MS) slept = asleep;
	}

	function now(): number {
		observe();
		// Fractions of the two clocks do not add up exactly.
		return Math.floor(elapsed() + offset + 0.001);
	}

	return {
		now,
		wall: () => clock.now(),
		leadMs: () => observe() - offset,
		isInDoubt: () => !isExpected(observe()),
		adopt(latest) {
			const ahead = latest - now();
			if (ahead <= 0) return;
			offset += ahead;
			// Believed by another process, or on command.
			if (ahead > TOLERANCE_MS) trusted = offset;
		},
		stored,
	};
}
