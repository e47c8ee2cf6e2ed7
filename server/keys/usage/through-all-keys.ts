export interface ThroughAllKeysOptions {
	/** In milliseconds. */
	everyMs: number;
	now: () => number;
	/** Does a batch of keys. Resolves to the id to continue after, or undefined at the end. */
	step: (after: string) => Promise<string | undefined>;
}

/** Goes through all keys at the start of each period, a batch per call. Resolves to true if more remain. */
export function throughAllKeys({ everyMs, now, step }: ThroughAllKeysOptions): () => Promise<boolean> {
	/** The period in which the last complete pass began: one that runs into the next period leaves stale keys behind. */
	let done: number | undefined;
	let pass: { period: number; after: string } | undefined;

	return async () => {
		pass ??= { period: Math.floor(now() / everyMs), after: "" };
		const { period, after } = pass;
		if (period === done) {
			pass = undefined;
			return false;
		}
		const last = await step(after);
		pass = last === undefined ? undefined : { period, after: last };
		if (last === undefined) done = period;
		return last !== undefined;
	};
}
