import type { SqliteDatabase } from "./open-database.ts";

const MAX_COMMITS = 64;
const MAX_DELAY_MS = 1_000;
/** 32 MB. */
const LONG_LOG_PAGES = 8_000;
/** 4 MB: a quiet server keeps no longer log. */
const SHORT_LOG_PAGES = 1_000;
const RETRY_AFTER_MS = 20;

/**
 * Checkpoints the log after replies are sent; SQLite's automatic checkpoint would run before.
 * @param onLog called with true when constant reads have let the log grow long, and with false once it has started over
 */
export function createCheckpoints(db: SqliteDatabase, onLog: (isLong: boolean) => void) {
	db.pragma("wal_autocheckpoint = 0");
	let commits = 0;
	let isLong = false;
	let timer: NodeJS.Timeout | undefined;

	function checkpoint(): void {
		clearTimeout(timer);
		timer = undefined;
		const isQuiet = commits < MAX_COMMITS;
		commits = 0;
		try {
			// Passive: blocks neither readers nor writers, and leaves what readers still need for the next checkpoint.
			const { log } = run("PASSIVE");
			const isDue = log > (isQuiet ? SHORT_LOG_PAGES : LONG_LOG_PAGES);
			setLong(isDue && run("TRUNCATE").busy === 1 && log > LONG_LOG_PAGES && isWritable());
		} catch {
			// A full disk, for example: the log keeps everything until there is space again.
		}
		if (isLong) timer = setTimeout(checkpoint, RETRY_AFTER_MS).unref();
	}

	function run(mode: "PASSIVE" | "TRUNCATE"): { busy: number; log: number } {
		const [result] = db.pragma(`wal_checkpoint(${mode})`) as { busy: number; log: number }[];
		return result ?? { busy: 0, log: 0 };
	}

	/** False while another program has the lock, for which scans need not pause. */
	function isWritable(): boolean {
		try {
			db.exec("BEGIN IMMEDIATE");
			db.exec("ROLLBACK");
			return true;
		} catch {
			return false;
		}
	}

	function setLong(now: boolean): void {
		if (now !== isLong) onLog(now);
		isLong = now;
	}

	return {
		committed(): void {
			commits += 1;
			timer ??= setTimeout(checkpoint, MAX_DELAY_MS).unref();
			if (commits >= MAX_COMMITS) checkpoint();
		},
		close(): void {
			clearTimeout(timer);
			setLong(false);
		},
	};
}
