import type { SqliteDatabase } from "./open-database.ts";

const POLL_INTERVAL_MS = 150;

/** Polls for commits by any process while there are listeners. */
export function createCommitWatch(connection: SqliteDatabase) {
	const dataVersion = connection.prepare<[], number>("PRAGMA data_version").pluck();
	const listeners = new Set<() => void>();
	let version: number | undefined;
	let timer: NodeJS.Timeout | undefined;

	function poll(): void {
		const current = readVersion();
		if (current === version) return;
		version = current;
		for (const listener of listeners) listener();
	}

	/** Busy for a moment at worst: the next poll sees every commit. */
	function readVersion(): number | undefined {
		try {
			return dataVersion.get();
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
				version = readVersion();
				timer = setInterval(poll, POLL_INTERVAL_MS).unref();
			}
			return () => {
				listeners.delete(listener);
				if (listeners.size === 0) close();
			};
		},
		close,
	};
}
