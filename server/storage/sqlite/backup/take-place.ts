import { existsSync, renameSync } from "node:fs";
import { dirname } from "node:path";

import { isoTime } from "../../../clock.ts";
import { giveToOwner, syncFile, syncFolder } from "../files.ts";
import { openDatabase } from "../open-database.ts";
import { withdrawalsAfter } from "../withdrawals/withdrawal.ts";
import { appendToFile, withdrawalsPath } from "../withdrawals/withdrawals-file.ts";
import type { Held } from "./hold.ts";

interface Place {
	database: string;
	asBackedUp: boolean;
	/** In milliseconds. */
	now: number;
}

/** Puts a finished copy in the place of the database. Returns where the replaced one is; undefined if there was none. */
export function takePlace(held: Held, staged: string, { database, asBackedUp, now }: Place): string | undefined {
	syncFile(staged);
	const aside = held.exists
		? unusedName(`${database}.replaced-${isoTime(now).slice(0, 19).replaceAll(":", "-")}Z`)
		: undefined;
	if (aside !== undefined) held.putAside(aside);
	renameSync(staged, database);
	syncFolder(dirname(database));
	if (asBackedUp) noteInFile(database, now);
	return aside;
}

/** What the file had before does not count any more, except for what the restored database has itself. */
function noteInFile(database: string, now: number): void {
	const db = openDatabase(database);
	try {
		appendToFile(withdrawalsPath(database), [{ what: "as_backed_up", at: now }, ...withdrawalsAfter(db, 0)]);
		for (const path of [`${database}-wal`, `${database}-shm`]) if (existsSync(path)) giveToOwner(path);
	} finally {
		db.close();
	}
}

function unusedName(name: string): string {
	for (let count = 1; ; count++) {
		const candidate = count === 1 ? name : `${name}-${count}`;
		if (!existsSync(candidate)) return candidate;
	}
}
