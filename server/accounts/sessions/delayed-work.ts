import { randomInt } from "node:crypto";

const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 3_000;

/** Runs work some time after it was requested, so that response times do not reveal whether there was any. */
export function createDelayedWork(delayMs: () => number = randomDelayMs) {
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

export type DelayedWork = ReturnType<typeof createDelayedWork>;

function randomDelayMs(): number {
	return randomInt(MIN_DELAY_MS, MAX_DELAY_MS);
}
