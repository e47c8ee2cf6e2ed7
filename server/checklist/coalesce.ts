/**
 * Coalesces concurrent calls with the same key. While one is running, later calls share the next one, which starts when
 * the first has settled: no answer is older than the call that gets it.
 */
export function createCoalescer<Answer>() {
	const running = new Map<string, Promise<void>>();
	const next = new Map<string, Promise<Answer>>();

	function run(key: string, work: () => Promise<Answer>): Promise<Answer> {
		const answer = work();
		const settled = (): void => void running.delete(key);
		running.set(key, answer.then(settled, settled));
		return answer;
	}

	return function coalesce(key: string, work: () => Promise<Answer>): Promise<Answer> {
		const shared = next.get(key);
		if (shared !== undefined) return shared;
		const before = running.get(key);
		if (before === undefined) return run(key, work);
		const answer = before.then(() => {
			next.delete(key);
			return run(key, work);
		});
		next.set(key, answer);
		return answer;
	};
}
