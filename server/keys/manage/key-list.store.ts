import type { KeyList } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import { findKeys } from "./key.store.ts";
import { walkIndex } from "./key-index.store.ts";
import { comparePositions, type Position, writeCursor } from "./key-order.ts";
import { type KeyListQuery, readKeyQuery } from "./key-query.ts";
import { searchFor } from "./search-text.ts";

/** A workspace's keys, and where there are more the cursor that leads to them. */
export async function listKeys(db: Database, query: KeyListQuery): Promise<KeyList> {
	const { workspaceId, order, after, limit, search, counts } = query;
	const matches = search ? searchFor(search) : undefined;
	const found: Position[] = [];
	for (const state of query.state ? [query.state] : (["active", "revoked"] as const)) {
		found.push(...(await walkIndex(db, { ...order, workspaceId, state, after, matches, most: limit + 1 })));
	}
	found.sort((one, other) => comparePositions(order, one, other));
	const shown = found.slice(0, limit);
	const last = shown.at(-1);
	return {
		keys: await findKeys(db, { ids: shown.map(({ id }) => id) }),
		nextCursor: found.length > limit && last ? writeCursor(order, last) : null,
		...(counts && { counts: await countKeys(db, { workspaceId }) }),
	};
}

/** What the API Keys page shows first: the newest active keys, and how many there are of either state. */
export async function firstKeys(db: Database, { workspaceId }: { workspaceId: string }): Promise<KeyList> {
	return listKeys(db, readKeyQuery(workspaceId, { state: "active", include: "counts" }));
}

export async function countKeys(
	db: Database,
	{ workspaceId }: { workspaceId: string },
): Promise<{ active: number; revoked: number }> {
	const counts = await db
		.selectFrom("key_count")
		.select(["active", "revoked"])
		.where("workspace_id", "=", workspaceId)
		.executeTakeFirst();
	return counts ?? { active: 0, revoked: 0 };
}
