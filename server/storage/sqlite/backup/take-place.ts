import { existsSync, renameSync } from "node:fs";
import { dirname } from "node:path";

import { isoTime } from "../../../clock.ts";
import { giveToOwner, syncFile, syncFolder } from "../../files.ts";
import { appendToFile, withdrawalsPath } from "../../withdrawals/withdrawals-file.ts";
import { openDatabase } from "../open-database.ts";
import { completeNote, missingFromFile } from "../withdrawals/missing-from-file.ts";
import { withdrawalsAfter } from "../withdrawals/withdrawal.ts";
import type { Held } from "./hold.ts";
import type { Known } from "./known-withdrawals.ts";

interface Place {
	database: string;
	asBackedUp: boolean;
	known: Known;
	/** In milliseconds. */
	now: number;
}

/** Puts a finished copy in the place of the database. Returns where the replaced one is; undefined if there was none. */
export function takePlace(held: Held, staged: string, { database, asBackedUp, known, now }: Place): string | undefined {
	syncFile(staged);
	const aside = unusedName(`${database}.replaced-${isoTime(now).slice(0, 19).replaceAll(":", "-")}Z`);
	held.putAside(aside);
	renameSync(staged, database);
	syncFolder(dirname(database));
	try {
		completeFile(database, asBackedUp ? known : undefined);
	} catch (error) {
		// The database is restored all the same.
		const { code = "no reason given" } = error as NodeJS.ErrnoException;
		known.warnings.push(`${withdrawalsPath(database)} could not be written (${code}): see why, then restore again.`);
	}
	return held.exists ? aside : undefined;
}

/**
 * Appends what the restored database has and the file has not. With `givenUp`, nothing of what the file had before counts
 * any more.
 */
function completeFile(database: string, givenUp: Known | undefined): void {
	const path = withdrawalsPath(database);
	const db = openDatabase(database);
	try {
		const at = db.prepare<[], number>("SELECT max(at) FROM restoration").pluck().get() ?? 0;
		const entries =
			givenUp === undefined
				? missingFromFile(db, path)
				: [...givenUp.withdrawals, { what: "as_backed_up", at } as const, ...withdrawalsAfter(db, 0)];
		appendToFile(path, [...entries, completeNote(db)]);
		for (const log of [`${database}-wal`, `${database}-shm`]) if (existsSync(log)) giveToOwner(log);
	} finally {
		db.close();
	}
}

function unusedName(name: string): string {
	for (let count = 1; ; count++) {
		const candidate = count === 1 ? name : `${name}-${count}`;
		if (!existsSync(candidate) && !existsSync(`${candidate}-wal`)) return candidate;
	}
}
