import type { KeyList } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import { findKeys } from "./find-keys.store.ts";
import { walkIndex } from "./key-index.store.ts";
import { comparePositions, type Position, writeKeyCursor } from "./key-order.ts";
import { type KeyListQuery, readKeyQuery } from "./key-query.ts";
import { searchFor } from "./search-text.ts";

/** One page of a workspace's keys, with a cursor if there are more. */
export async function listKeys(db: Database, query: KeyListQuery): Promise<KeyList> {
	const { workspaceId, order, after, limit, search, counts } = query;
	const matches = searchFor(search ?? "");
	const found: Position[] = [];
	for (const state of query.state ? [query.state] : (["active", "revoked"] as const)) {
		found.push(...(await walkIndex(db, { ...order, workspaceId, state, after, matches, limit: limit + 1 })));
	}
	found.sort((a, b) => comparePositions(order, a, b));
	const shown = found.slice(0, limit);
	const last = shown.at(-1);
	return {
		keys: await findKeys(db, { ids: shown.map(({ id }) => id) }),
		nextCursor: found.length > limit && last ? writeKeyCursor(order, last) : null,
		...(counts && { counts: await countKeys(db, { workspaceId }) }),
	};
}

/** The API Keys page as it opens: the newest active keys and the counts. */
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
