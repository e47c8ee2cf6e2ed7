import { sleep } from "../studio/sleep";

/** When the widget starts calling a request slow. */
const SLOW_SECONDS = 5;

/**
 * One click on Connect or Reconnect, from its first request to its end. Cancelled by the user, by unloading the plugin or
 * by the next attempt; callers drop results that arrive after that.
 */
export interface Attempt {
	readonly number: number;
	isLive: () => boolean;
	end: () => void;
	/** Ends all current waits, as when Retry was clicked. */
	nudge: () => void;
	/** Yields for `seconds`, or until nudged or ended. */
	pause: (seconds: number) => void;
	/**
	 * Yields until `work` returns, and returns its result; undefined if nudged or ended first, in which case the result
	 * goes to `onLate`. `onSlow` is called once if it takes long.
	 */
	run: <T extends defined>(work: () => T, onSlow: () => void, onLate?: (result: T) => void) => T | undefined;
}

export function createAttempt(number: number): Attempt {
	let live = true;
	const sleepers = new Set<() => void>();

	function wakeAll() {
		for (const wake of [...sleepers]) wake();
	}

	/** Yields until `arm` or `wakeAll` wakes it. */
	function waitUntilWoken<T>(arm: (wake: (value?: T) => void) => void): T | undefined {
		let wakeThis: (() => void) | undefined;
		const result = sleep<T>((wake) => {
			wakeThis = () => wake();
			sleepers.add(wakeThis);
			arm(wake);
		});
		if (wakeThis !== undefined) sleepers.delete(wakeThis);
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
			if (live) waitUntilWoken<true>((wake) => task.delay(seconds, () => wake()));
		},
		run: <T extends defined>(work: () => T, onSlow: () => void, onLate?: (result: T) => void) => {
			let waiting = true;
			const result = waitUntilWoken<T>((wake) => {
				task.delay(SLOW_SECONDS, () => {
					if (waiting) onSlow();
				});
				task.spawn(() => {
					const done = work();
					if (waiting) wake(done);
					else onLate?.(done);
				});
			});
			waiting = false;
			return result;
		},
	};
}
