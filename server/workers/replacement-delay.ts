const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** A process that ran for so long was sound. */
const SOUND_AFTER_MS = 60_000;

/** Decides how long a process that ended waits for its replacement: not at all, or longer each time if it ends soon again. */
export function createReplacementDelay(monotonic: () => number = () => performance.now()) {
	let startedAt = monotonic();
	let early = 0;

	return {
		started: (): void => void (startedAt = monotonic()),
		/** Call when it has ended. In milliseconds. */
		next(): number {
			if (monotonic() - startedAt >= SOUND_AFTER_MS) early = 0;
			early += 1;
			return early === 1 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (early - 2));
		},
	};
}
