import { dirname, join } from "node:path";

import { namesIn } from "../files.ts";
import { EARLIER_WITHDRAWALS } from "../migrations/018-withdrawals.ts";
import type { SqliteDatabase } from "../open-database.ts";
import { identityOf, type Withdrawal, withdrawalsAfter } from "../withdrawals/withdrawal.ts";
import { readWithdrawalsFile, type WithdrawalsFile, withdrawalsPath } from "../withdrawals/withdrawals-file.ts";
import { tablesOf } from "./inspect.ts";

/** What is known of withdrawals at a restore. */
export interface Known {
	withdrawals: Withdrawal[];
	/** What could be read. Empty: nothing is known. */
	sources: string[];
	/** Until when they are known, if only from copies of the file. */
	until: number | undefined;
	/** One line each, for the operator. */
	warnings: string[];
}

export interface WhereToLook {
	/** The database that is replaced. */
	database: string;
	backup: string;
	/** Files named on the command line. */
	files: readonly string[];
}

/** Collects what the replaced database, the file beside it, and the copies beside the backup know. */
export function knownWithdrawals(replaced: SqliteDatabase | undefined, where: WhereToLook): Known {
	const own = withdrawalsPath(where.database);
	const inDatabase = withdrawalsInDatabase(replaced);
	const files = filesToRead(where)
		.map(readWithdrawalsFile)
		// A file that was never written to is no sign that nothing was withdrawn.
		.filter((file) => file !== undefined)
		.filter(({ completeUntil, damaged }) => completeUntil > 0 || damaged.length > 0);
	const isCurrent = inDatabase !== undefined || files.some(({ path }) => path === own);
	const withdrawals = new Map<string, Withdrawal>();
	for (const each of [...(inDatabase ?? []), ...inForce(files)]) withdrawals.set(identityOf(each), each);
	return {
		withdrawals: [...withdrawals.values()].sort((one, other) => one.at - other.at),
		sources: [...(inDatabase === undefined ? [] : [where.database]), ...files.map(({ path }) => path)],
		until: isCurrent ? undefined : Math.max(...files.map(({ completeUntil }) => completeUntil)),
		warnings: files.flatMap(({ path, damaged }) =>
			damaged.length === 0 ? [] : [`${path} has damaged lines, which were left out: ${damaged.join(", ")}.`],
		),
	};
}

/** Undefined if it cannot be read, or has never had an account: then it knows nothing. */
function withdrawalsInDatabase(db: SqliteDatabase | undefined): Withdrawal[] | undefined {
	try {
		if (db === undefined || db.pragma("quick_check(1)", { simple: true }) !== "ok") return undefined;
		const isRecorded = tablesOf(db).includes("withdrawal");
		const found = isRecorded
			? withdrawalsAfter(db, 0)
			: db
					.prepare<[], Withdrawal>(
						`SELECT what, id, workspace_id AS "workspaceId", detail, at FROM (${EARLIER_WITHDRAWALS})`,
					)
					.all();
		const isUsed = found.length > 0 || db.prepare(`SELECT 1 FROM "user" LIMIT 1`).get() !== undefined;
		return isUsed ? found : undefined;
	} catch {
		return undefined;
	}
}

/** The newest copy in the backup's folder knows what was withdrawn after the older ones. */
function filesToRead({ database, backup, files }: WhereToLook): string[] {
	const folder = dirname(backup);
	const beside = namesIn(folder)
		.filter((name) => name === "withdrawals.jsonl" || name.endsWith(".withdrawals.jsonl"))
		.map((name) => join(folder, name));
	return [...new Set([withdrawalsPath(database), ...files, ...beside])];
}

/** Without what a restore `--as-backed-up` gave up: older copies of the file still have it. */
function inForce(files: readonly WithdrawalsFile[]): Withdrawal[] {
	const givenUpAt = Math.max(0, ...files.map((file) => file.givenUpAt));
	return files.flatMap((file) =>
		file.givenUpAt === givenUpAt ? file.withdrawals : file.withdrawals.filter(({ at }) => at > givenUpAt),
	);
}
