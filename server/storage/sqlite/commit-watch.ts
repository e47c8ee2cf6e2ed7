import type { SqliteDatabase } from "./open-database.ts";

const LOOK_EVERY_MS = 150;

/** Checks several times a second for commits by any process, while there are listeners. */
export function createCommitWatch(connection: SqliteDatabase) {
	const look = connection.prepare<[], number>("PRAGMA data_version").pluck();
	const listeners = new Set<() => void>();
	let version: number | undefined;
	let timer: NodeJS.Timeout | undefined;

	function tick(): void {
		const current = lookAgain();
		if (current === version) return;
		version = current;
		for (const listener of listeners) listener();
	}

	/** Busy for a moment at worst: the next look sees all of it. */
	function lookAgain(): number | undefined {
		try {
			return look.get();
		} catch {
			return version;
		}
	}

	function close(): void {
		clearInterval(timer);
		timer = undefined;
	}

	return {
		listen(listener: () => void): () => void {
			listeners.add(listener);
			if (timer === undefined) {
				version = lookAgain();
				timer = setInterval(tick, LOOK_EVERY_MS).unref();
			}
			return () => {
				listeners.delete(listener);
				if (listeners.size === 0) close();
			};
		},
		close,
	};
}
