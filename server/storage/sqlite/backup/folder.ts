import { rmSync } from "node:fs";
import { dirname, join } from "node:path";

import { isoTime } from "../../../clock.ts";
import { namesIn } from "../../files.ts";
import { TOLERANCE_MS } from "../../timekeeper.ts";
import { withdrawalsOfBackup } from "../../withdrawals/withdrawals-file.ts";

/** Where the server keeps its own backups. */
export function backupFolder(database: string): string {
	return join(dirname(database), "backups");
}

/** While it is being written. No other program's file has such a name. */
export function unfinishedName(path: string, pid = process.pid): string {
	return `${path}.${pid}.auxvyn-part`;
}

/** `auxvyn-2026-11-29T10-47-03Z.db`: names sort by time, and Windows allows them. */
export function backupName(prefix: string, at: number): string {
	return `${prefix}${isoTime(at).slice(0, 19).replaceAll(":", "-")}Z.db`;
}

interface Found {
	path: string;
	/** As the name says; -Infinity if that is in the future, which a wrong clock wrote. */
	at: number;
}

/** The backups with this prefix, oldest first. One from the future must neither delay the next nor outlive it. */
export function listBackups(folder: string, prefix: string, now: number): Found[] {
	return namesIn(folder)
		.filter((name) => name.startsWith(prefix))
		.map((name) => ({ path: join(folder, name), at: timeIn(name.slice(prefix.length)) }))
		.filter(({ at }) => !Number.isNaN(at))
		.map(({ path, at }) => ({ path, at: at > now + TOLERANCE_MS ? -Infinity : at }))
		.toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

function timeIn(text: string): number {
	const [, day, hour, minute, second] = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z\.db$/.exec(text) ?? [];
	return Date.parse(`${day}T${hour}:${minute}:${second}Z`);
}

/** Removes all but the newest `keep` backups with this prefix. */
export function pruneBackups(folder: string, prefix: string, { keep, now }: { keep: number; now: number }): void {
	for (const { path } of listBackups(folder, prefix, now).slice(0, -keep)) {
		rmSync(path, { force: true });
		rmSync(withdrawalsOfBackup(path), { force: true });
	}
}
