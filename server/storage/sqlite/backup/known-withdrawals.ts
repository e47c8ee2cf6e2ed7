import { dirname, join } from "node:path";

import { namesIn } from "../../files.ts";
import { inForce } from "../../withdrawals/in-force.ts";
import { readUsable } from "../../withdrawals/usable-file.ts";
import { identityOf, type Withdrawal } from "../../withdrawals/withdrawal.ts";
import { withdrawalsPath } from "../../withdrawals/withdrawals-file.ts";
import { EARLIER_WITHDRAWALS } from "../migrations/018-withdrawals.ts";
import type { SqliteDatabase } from "../open-database.ts";
import { withdrawalsAfter } from "../withdrawals/withdrawal.ts";
import { isRelated, latestTime } from "./compare.ts";
import { tablesOf } from "./inspect.ts";

/** What is known of withdrawals at a restore. */
export interface Known {
	withdrawals: Withdrawal[];
	/** What could be read. Empty: nothing is known. */
	sources: string[];
	/** Until when they are known, if only from copies of the file, or an older database. */
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

/**
 * Collects what the replaced database, the file beside it, and the copies beside the backup know. Of the backup, its
 * `accounts` are what another installation is recognized by, and `latest` is the latest time stored in it.
 * @throws StorageError `unusable` for a file of the command line that says nothing
 */
export function knownWithdrawals(
	replaced: SqliteDatabase | undefined,
	where: WhereToLook,
	{ accounts, latest }: { accounts: ReadonlySet<string>; latest: number },
): Known {
	const own = withdrawalsPath(where.database);
	const found = withdrawalsInDatabase(replaced);
	const isForeign = replaced !== undefined && found !== undefined && !isRelated(replaced, accounts);
	const inDatabase = isForeign ? undefined : found;
	const warnings: string[] = [];
	const files = filesToRead(where)
		// It belongs to the database beside it.
		.filter((path) => path !== own || !isForeign)
		.map((path) => readUsable(path, { accounts, isNamed: where.files.includes(path), warnings }))
		.filter((file) => file !== undefined);
	// A snapshot of the disk, for example: it knows nothing of what came after it, nor does the file beside it.
	const isBehind = inDatabase !== undefined && latestTime(replaced) < latest;
	const isCurrent = !isBehind && (inDatabase !== undefined || files.some(({ path }) => path === own));
	const withdrawals = new Map<string, Withdrawal>();
	for (const each of [...(inDatabase ?? []), ...inForce(files)]) withdrawals.set(identityOf(each), each);
	return {
		withdrawals: [...withdrawals.values()].sort((one, other) => one.at - other.at),
		sources: [...(inDatabase === undefined ? [] : [where.database]), ...files.map(({ path }) => path)],
		until: isCurrent ? undefined : Math.max(latest, ...files.map(({ completeUntil }) => completeUntil)),
		warnings,
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
