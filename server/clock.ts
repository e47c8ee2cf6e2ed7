import { performance } from "node:perf_hooks";

export interface Clock {
	/** Wall clock, milliseconds since 1970: for deadlines and for what is shown. */
	now(): number;
	/** Milliseconds that never jump: for limits and intervals. */
	monotonic(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** ISO 8601 in UTC, as everything on the wire is. */
export function isoTime(milliseconds: number): string;
export function isoTime(milliseconds: number | null): string | null;
export function isoTime(milliseconds: number | null): string | null {
	return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
