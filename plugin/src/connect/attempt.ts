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

/** Yields until `wake` is called, and returns what it was called with. */
function sleep<T>(arm: (wake: (value?: T) => void) => void): T | undefined {
	const thread = coroutine.running();
	let woken = false;
	let asleep = false;
	let result: T | undefined;
	arm((value) => {
		if (woken) return;
		woken = true;
		result = value;
		if (asleep) task.spawn(thread);
	});
	if (!woken) {
		asleep = true;
		coroutine.yield();
	}
	return result;
}

export function createAttempt(number: number): Attempt {
	let live = true;
	let sleepers = new Array<() => void>();

	function wakeAll() {
		const waking = sleepers;
		sleepers = [];
		for (const wake of waking) wake();
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
			if (!live) return;
			sleep<true>((wake) => {
				sleepers.push(() => wake());
				task.delay(seconds, () => wake());
			});
		},
		ask: <T extends defined>(work: () => T, slow: () => void, late?: (result: T) => void) => {
			let waiting = true;
			const result = sleep<T>((wake) => {
				sleepers.push(() => {
					waiting = false;
					wake();
				});
				task.delay(SLOW_SECONDS, () => {
					if (waiting) slow();
				});
				task.spawn(() => {
					const done = work();
					if (waiting) {
						waiting = false;
						wake(done);
					} else late?.(done);
				});
			});
			return result;
		},
	};
}
