import { type RawBuilder, sql } from "kysely";

import type { Key, KeyDetails } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import { lastSuccessorOf, predecessorOf, successorOf } from "../rotate/successors.store.ts";
import { findKey } from "./find-keys.store.ts";

interface KeyInWorkspace {
	workspaceId: string;
	keyId: string;
}

/** A key with its predecessor and its replacement; undefined if the key is not in the workspace. */
export async function findKeyDetails(db: Database, of: KeyInWorkspace): Promise<KeyDetails | undefined> {
	const { workspaceId, keyId } = of;
	const key = await findKey(db, of);
	if (key === undefined) return undefined;

	async function related(idOf: RawBuilder<string | null>): Promise<Key | null> {
		const { rows } = await sql<{ id: string | null }>`
			SELECT ${idOf} AS id FROM api_key AS k WHERE k.id = ${keyId}`.execute(db);
		const id = rows[0]?.id ?? null;
		return id === null ? null : ((await findKey(db, { workspaceId, keyId: id })) ?? null);
	}

	return {
		key,
		replaces: await related(sql`coalesce(k.replaces, ${predecessorOf(db)})`),
		// A key that was issued but never used did not replace anything.
		replacement: await related(sql`coalesce(${successorOf(db)}, ${lastSuccessorOf(db)})`),
	};
}
