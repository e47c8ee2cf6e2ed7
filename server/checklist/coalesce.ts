/**
 * Coalesces concurrent calls with the same key. Calls made while one is running share the next run, which starts once the
 * first has settled, so no call gets a result computed before it was made.
 */
export function createCoalescer<Result>() {
	const running = new Map<string, Promise<void>>();
	const next = new Map<string, Promise<Result>>();

	function run(key: string, work: () => Promise<Result>): Promise<Result> {
		const result = work();
		const settled = (): void => void running.delete(key);
		running.set(key, result.then(settled, settled));
		return result;
	}

	return function coalesce(key: string, work: () => Promise<Result>): Promise<Result> {
		const shared = next.get(key);
		if (shared !== undefined) return shared;
		const before = running.get(key);
		if (before === undefined) return run(key, work);
		const result = before.then(() => {
			next.delete(key);
			return run(key, work);
		});
		next.set(key, result);
		return result;
	};
}
