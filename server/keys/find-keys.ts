import type { Key } from "../../shared/wire.ts";
import type { Storage } from "../storage/storage.ts";
import { type KeyRow, SELECT_KEY, toKey } from "./key-row.ts";
import { readCounts } from "./key-use.ts";

const FIND_ALL = `${SELECT_KEY} WHERE k.id IN (SELECT value FROM json_each(:ids))`;
const FIND_ONE = `${SELECT_KEY} WHERE k.workspace_id = :workspaceId AND k.id = :keyId`;

/** The keys with these ids, in their order. */
export function findKeys(storage: Storage, ids: string[]): Key[] {
	const { db } = storage;
	const rows = db.prepare<object, KeyRow>(FIND_ALL).all({ ids: JSON.stringify(ids) });
	const byId = new Map(rows.map((row) => [row.id, row]));
	const counts = readCounts(db, ids, storage.now());
	return ids.flatMap((id) => {
		const row = byId.get(id);
		const used = counts.get(id);
		return row === undefined || used === undefined ? [] : [toKey(row, used)];
	});
}

/** One key of a workspace, or undefined. */
export function findKey(storage: Storage, workspaceId: string, keyId: string): Key | undefined {
	const { db } = storage;
	const row = db.prepare<object, KeyRow>(FIND_ONE).get({ workspaceId, keyId });
	const used = readCounts(db, [keyId], storage.now()).get(keyId);
	return row === undefined || used === undefined ? undefined : toKey(row, used);
}
