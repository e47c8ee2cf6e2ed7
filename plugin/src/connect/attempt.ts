import { sleep } from "../studio/sleep";

/** How long a request may take before the widget says that it is slow. */
const SLOW_SECONDS = 5;

/**
 * One click on Connect or Reconnect, from its first request to its end. It is ended by the person, by the plugin's
 * unloading, or by the next attempt; what comes back to an ended attempt is dropped by whoever asked.
 */
export interface Attempt {
	readonly number: number;
	isLive: () => boolean;
	end: () => void;
	/** Wakes whatever it is waiting for: Retry was clicked. */
	nudge: () => void;
	/** Yields for `seconds`, or until nudged or ended. */
	pause: (seconds: number) => void;
	/**
	 * Yields until `work` is done, and returns what it returned; undefined when nudged or ended before. What comes
	 * after that goes to `late`. `slow` runs once where it takes longer than people expect.
	 */
	ask: <T extends defined>(work: () => T, slow: () => void, late?: (result: T) => void) => T | undefined;
}

export function createAttempt(number: number): Attempt {
	let live = true;
	const sleepers = new Set<() => void>();

	function wakeAll() {
		for (const wake of [...sleepers]) wake();
	}

	/** Sleeps until `arm` wakes it, or until everything is woken. */
	function sleepHere<T>(arm: (wake: (value?: T) => void) => void): T | undefined {
		let wakeMe: (() => void) | undefined;
		const result = sleep<T>((wake) => {
			wakeMe = () => wake();
			sleepers.add(wakeMe);
			arm(wake);
		});
		if (wakeMe !== undefined) sleepers.delete(wakeMe);
		return result;
	}

	return {
		number,
		isLive: () => live,
		end: () => {
			live = false;
			wakeAll();
		},
		nudge: wakeAll,
		pause: (seconds) => {
			if (live) sleepHere<true>((wake) => task.delay(seconds, () => wake()));
		},
		ask: <T extends defined>(work: () => T, slow: () => void, late?: (result: T) => void) => {
			let waiting = true;
			const result = sleepHere<T>((wake) => {
				task.delay(SLOW_SECONDS, () => {
					if (waiting) slow();
				});
				task.spawn(() => {
					const done = work();
					if (waiting) wake(done);
					else late?.(done);
				});
			});
			waiting = false;
			return result;
		},
	};
}
