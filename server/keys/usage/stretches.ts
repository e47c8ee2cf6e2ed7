import { SILENCE_MINUTES } from "../../../shared/limits.ts";

/** Silence is counted in stretches of five minutes. */
export const STRETCH_MINUTES = 5;
export const STRETCH_MS = STRETCH_MINUTES * 60_000;
/** Of silence, until a key may be retired. */
export const SILENT_STRETCHES = SILENCE_MINUTES / STRETCH_MINUTES;

/** The stretch of a time in milliseconds, counted since 1970. */
export function stretchOf(milliseconds: number): number {
	return Math.floor(milliseconds / STRETCH_MS);
}
