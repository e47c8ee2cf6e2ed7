/** Runs work some time after it was requested, so that response times do not reveal whether there was any. */
export function createDelayedWork(delayMs: () => number) {
	const waiting = new Map<NodeJS.Timeout, () => Promise<void>>();
	const running = new Set<Promise<void>>();

	function begin(timer: NodeJS.Timeout, work: () => Promise<void>): void {
		clearTimeout(timer);
		waiting.delete(timer);
		const done = work().finally(() => running.delete(done));
		running.add(done);
	}

	return {
		/** `work` handles its own failures. */
		schedule(work: () => Promise<void>): void {
			const timer = setTimeout(() => begin(timer, work), delayMs());
			waiting.set(timer, work);
		},
		/** Runs waiting work at once. */
		async close(): Promise<void> {
			for (const [timer, work] of waiting) begin(timer, work);
			await Promise.all(running);
		},
	};
}
