/** Does things a while after they were asked for, so that no answer's time tells whether there was anything to do. */
export function createLater(delayMs: () => number) {
	const waiting = new Map<NodeJS.Timeout, () => Promise<void>>();
	const underWay = new Set<Promise<void>>();

	function begin(timer: NodeJS.Timeout, work: () => Promise<void>): void {
		clearTimeout(timer);
		waiting.delete(timer);
		const done = work().finally(() => underWay.delete(done));
		underWay.add(done);
	}

	return {
		/** `work` deals with its own failures. */
		do(work: () => Promise<void>): void {
			const timer = setTimeout(() => begin(timer, work), delayMs());
			waiting.set(timer, work);
		},
		/** Does at once what still waits. */
		async close(): Promise<void> {
			for (const [timer, work] of waiting) begin(timer, work);
			await Promise.all(underWay);
		},
	};
}
