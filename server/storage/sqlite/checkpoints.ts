import type { SqliteDatabase } from "./open-database.ts";

const MOST_COMMITS = 64;
const LATEST_AFTER_MS = 1_000;
/** 32 MB. */
const LONG_LOG_PAGES = 8_000;

/** Checkpoints the log after replies are sent; SQLite's automatic checkpoint would run before. */
export function createCheckpoints(db: SqliteDatabase) {
	db.pragma("wal_autocheckpoint = 0");
	let commits = 0;
	let timer: NodeJS.Timeout | undefined;

	function checkpoint(): void {
		clearTimeout(timer);
		timer = undefined;
		commits = 0;
		try {
			// Passive: it blocks neither readers nor writers, and leaves what readers still need for the next one.
			const [{ log = 0 } = {}] = db.pragma("wal_checkpoint(PASSIVE)") as { log?: number }[];
			// With readers at all times the log would never start over: this waits for them, as long as `busy_timeout`.
			if (log > LONG_LOG_PAGES) db.pragma("wal_checkpoint(RESTART)");
		} catch {
			// A full disk, say: the log keeps everything until there is room again.
		}
	}

	return {
		committed(): void {
			commits += 1;
			timer ??= setTimeout(checkpoint, LATEST_AFTER_MS).unref();
			if (commits >= MOST_COMMITS) checkpoint();
		},
		close(): void {
			clearTimeout(timer);
		},
	};
}
