import type { KeyRef } from "../../shared/wire.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";

/** What one check found: how many keys, and the first few of them. */
export interface Finding {
	count: number;
	keys: KeyRef[];
}

/** Where and when a check looks; times in milliseconds. */
export interface Look {
	db: SqliteDatabase;
	workspaceId: string;
	now: number;
}

export const KEYS_NAMED = 5;
export const NOTHING: Finding = { count: 0, keys: [] };

/** SQL that selects the ids of keys, with named parameters that `parameters` fills in besides `:workspaceId`. */
export interface KeySelection {
	ids: string;
	parameters?: Record<string, number>;
}

/** Counts the keys of a selection, and names the first few where there are any. */
export function countAndName({ db, workspaceId }: Look, { ids, parameters = {} }: KeySelection): Finding {
	const given = { workspaceId, ...parameters };
	const count = db.prepare<object, number>(`SELECT count(*) FROM (${ids})`).pluck().get(given) ?? 0;
	const first = db.prepare<object, string>(`SELECT id FROM (${ids}) LIMIT ${KEYS_NAMED}`).pluck();
	return count === 0 ? NOTHING : { count, keys: nameKeys(db, first.all(given)) };
}

/** The same in one go, for selections that take longer than gathering what they select. */
export function gatherAndName({ db, workspaceId }: Look, { ids, parameters = {} }: KeySelection): Finding {
	const gathered = db
		.prepare<object, string>(ids)
		.pluck()
		.all({ workspaceId, ...parameters });
	return { count: gathered.length, keys: nameKeys(db, gathered.slice(0, KEYS_NAMED)) };
}

export function nameKeys(db: SqliteDatabase, ids: string[]): KeyRef[] {
	return db
		.prepare<[string], KeyRef>(
			`SELECT id, label, hint FROM api_key WHERE id IN (SELECT value FROM json_each(?))
			ORDER BY label COLLATE NOCASE, id`,
		)
		.all(JSON.stringify(ids));
}
