/** At most one call of the listeners in this time, as with SQLite. */
const INTERVAL_MS = 150;

/** Tells listeners of commits, which may come in floods. */
export function createCommitWatch() {
	const listeners = new Set<() => void>();
	let timer: NodeJS.Timeout | undefined;

	function tell(): void {
		timer = undefined;
		for (const listener of listeners) listener();
	}

	return {
		/** Some server has committed, or may have while this one did not hear of it. */
		committed(): void {
			if (listeners.size > 0) timer ??= setTimeout(tell, INTERVAL_MS).unref();
		},
		listen(listener: () => void): () => void {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		close: () => clearTimeout(timer),
	};
}

export type CommitWatch = ReturnType<typeof createCommitWatch>;
