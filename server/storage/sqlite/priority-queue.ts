import type { Priority } from "../storage.ts";

const ORDER: readonly Priority[] = ["high", "normal", "low"];

/** A queue whose urgent entries go first. */
export function createPriorityQueue<Entry extends { priority: Priority }>() {
	const lines: Record<Priority, Entry[]> = { high: [], normal: [], low: [] };

	return {
		push(entry: Entry): void {
			lines[entry.priority].push(entry);
		},
		shift(): Entry | undefined {
			return ORDER.map((priority) => lines[priority])
				.find(({ length }) => length > 0)
				?.shift();
		},
		isEmpty(): boolean {
			return ORDER.every((priority) => lines[priority].length === 0);
		},
		/** Takes out what `matches`. */
		remove(matches: (entry: Entry) => boolean): Entry[] {
			const removed: Entry[] = [];
			for (const priority of ORDER) {
				for (const entry of lines[priority]) if (matches(entry)) removed.push(entry);
				lines[priority] = lines[priority].filter((entry) => !matches(entry));
			}
			return removed;
		},
	};
}
