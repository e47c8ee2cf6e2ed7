import { uptime } from "node:os";
import { performance } from "node:perf_hooks";

export interface Clock {
	/** Wall clock in milliseconds since 1970: for deadlines and display. */
	now(): number;
	/** Monotonic milliseconds: for limits and intervals. */
	monotonic(): number;
	/** The same, but running while the machine sleeps too, in seconds' precision. Default: it never sleeps. */
	sinceBoot?(): number;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	sinceBoot: () => uptime() * 1000,
};

/** ISO 8601 in UTC, like every time on the wire. */
export function isoTime(milliseconds: number): string;
export function isoTime(milliseconds: number | null): string | null;
export function isoTime(milliseconds: number | null): string | null {
	return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
