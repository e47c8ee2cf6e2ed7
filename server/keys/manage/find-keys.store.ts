import { type RawBuilder, sql } from "kysely";

import type { Key } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import { joinRevokedMaker } from "../authenticate/revoked-maker.store.ts";
import { readRetirements } from "../rotate/retirements.store.ts";
import { successorOf } from "../rotate/successors.store.ts";
import { readCounts } from "../usage/key-uses.store.ts";
import { type KeyRow, toKey } from "./key-row.ts";

/** The keys with these ids, in the order given. */
export async function findKeys(db: Database, { ids }: { ids: readonly string[] }): Promise<Key[]> {
	const rows = await selectKeys(db, sql`k.id IN ${db.fragments.list(ids)}`);
	const byId = new Map(rows.map((row) => [row.id, row]));
	const counts = await readCounts(db, { ids });
	const retirements = await readRetirements(db, { ids });
	return ids.flatMap((id) => {
		const row = byId.get(id);
		const used = counts.get(id);
		return row === undefined || used === undefined ? [] : [toKey(row, used, retirements.get(id))];
	});
}

/** Undefined if the key is not in the workspace. */
export async function findKey(db: Database, of: { workspaceId: string; keyId: string }): Promise<Key | undefined> {
	const [row] = await selectKeys(db, sql`k.workspace_id = ${of.workspaceId} AND k.id = ${of.keyId}`);
	if (row === undefined) return undefined;
	const used = (await readCounts(db, { ids: [of.keyId] })).get(of.keyId);
	const retirements = await readRetirements(db, { ids: [row.id] });
	return used && toKey(row, used, retirements.get(row.id));
}

export async function hasKey(db: Database, of: { workspaceId: string; keyId: string }): Promise<boolean> {
	const key = await db
		.selectFrom("api_key")
		.select("id")
		.where("workspace_id", "=", of.workspaceId)
		.where("id", "=", of.keyId)
		.executeTakeFirst();
	return key !== undefined;
}

async function selectKeys(db: Database, condition: RawBuilder<unknown>): Promise<KeyRow[]> {
	const hasLeft = (column: RawBuilder<unknown>) =>
		sql`NOT EXISTS (SELECT 1 FROM member AS p WHERE p.workspace_id = k.workspace_id AND p.account_id = ${column})`;
	const revokedBy = sql`CASE WHEN k.revoked_at IS NULL THEN m.revoked_by ELSE k.revoked_by END`;
	const { rows } = await sql<KeyRow>`
		SELECT k.id, k.label, k.hint, k.origin, k.place_id, k.universe_id, k.place_name, k.created_at, k.created_by,
			creator.name AS created_by_name, ${hasLeft(sql`k.created_by`)} AS created_by_left, k.sealed_at, k.last_used_at,
			k.studio_used_at, k.plugin_used_at, k.first_server_at, k.last_server_at, k.last_refused_at, s.id AS successor_id, s.label AS successor_label,
			s.hint AS successor_hint, coalesce(k.revoked_at, m.at) AS revoked_at, ${revokedBy} AS revoked_by,
			revoker.name AS revoked_by_name, ${hasLeft(revokedBy)} AS revoked_by_left,
			coalesce(k.revoked_reason, CASE WHEN m.at IS NOT NULL THEN 'maker_left' END) AS revoked_reason
		FROM api_key AS k ${joinRevokedMaker}
		LEFT JOIN "user" AS creator ON creator.id = k.created_by
		LEFT JOIN "user" AS revoker ON revoker.id = ${revokedBy}
		LEFT JOIN api_key AS s ON k.revoked_at IS NULL AND m.at IS NULL AND s.id = ${successorOf(db)}
		WHERE ${condition}`.execute(db);
	return rows;
}
