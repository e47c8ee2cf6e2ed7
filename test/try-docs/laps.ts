export interface Lap {
	what: string;
	seconds: number;
}

/** A stopwatch: each lap begins where the one before ended. */
export function startLaps(): { laps: Lap[]; lap(what: string): void } {
	const laps: Lap[] = [];
	let since = performance.now();
	return {
		laps,
		lap(what) {
			const now = performance.now();
			laps.push({ what, seconds: (now - since) / 1000 });
			since = now;
		},
	};
}
