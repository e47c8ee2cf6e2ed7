import type { Priority } from "./storage.ts";

const ORDER: readonly Priority[] = ["high", "normal", "low"];

/** A queue that returns urgent entries first. */
export function createPriorityQueue<Entry extends { priority: Priority }>() {
	const queues: Record<Priority, Entry[]> = { high: [], normal: [], low: [] };

	return {
		push(entry: Entry): void {
			queues[entry.priority].push(entry);
		},
		shift(): Entry | undefined {
			return ORDER.map((priority) => queues[priority])
				.find(({ length }) => length > 0)
				?.shift();
		},
		size: () => ORDER.reduce((sum, priority) => sum + queues[priority].length, 0),
		isEmpty(): boolean {
			return ORDER.every((priority) => queues[priority].length === 0);
		},
		/** Removes and returns the matching entries. */
		remove(matches: (entry: Entry) => boolean): Entry[] {
			const removed: Entry[] = [];
			for (const priority of ORDER) {
				for (const entry of queues[priority]) if (matches(entry)) removed.push(entry);
				queues[priority] = queues[priority].filter((entry) => !matches(entry));
			}
			return removed;
		},
	};
}
