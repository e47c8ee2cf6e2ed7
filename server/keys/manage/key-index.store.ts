import { type Expression, type RawBuilder, sql } from "kysely";

import type { KeySort, KeyState } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import { usedAt } from "../usage/key-uses.store.ts";
import type { KeyOrder, Position } from "./key-order.ts";

export interface IndexWalk extends KeyOrder {
	workspaceId: string;
	state: KeyState;
	/** Starts after this position; undefined: at the beginning. */
	after: Position | undefined;
	/** Undefined: all keys match. */
	matches: RawBuilder<boolean> | undefined;
	limit: number;
}

/** The first matching keys of one state, in order, read from the order's index alone. */
export async function walkIndex(db: Database, query: IndexWalk): Promise<Position[]> {
	const found: Position[] = [];
	for (const range of query.after === undefined ? (["all"] as const) : (["equal", "beyond"] as const)) {
		const limit = query.limit - found.length;
		if (limit > 0) found.push(...(await readRange(db, query, { range, limit })));
	}
	return found;
}

/** Keys with the same value as the last one, then those after it: a single index seek cannot do both. */
type Range = "all" | "equal" | "beyond";

async function readRange(
	db: Database,
	{ sort, order, state, workspaceId, after, matches }: IndexWalk,
	{ range, limit }: { range: Range; limit: number },
): Promise<Position[]> {
	const value = valueIn(db, sort);
	const direction = order === "asc" ? sql`ASC` : sql`DESC`;
	const beyond = order === "asc" ? sql`>` : sql`<`;
	const conditions: Record<Range, RawBuilder<unknown>> = {
		all: sql``,
		equal: sql`AND ${value} = ${after?.value} AND id ${beyond} ${after?.id}`,
		beyond: sql`AND ${value} ${beyond} ${after?.value}`,
	};
	const { rows } = await sql<Position>`
		SELECT ${value} AS value, id
		FROM api_key ${db.fragments.index(`api_key_${state}_by_${sort}`)}
		WHERE workspace_id = ${workspaceId} AND revoked_at IS ${state === "active" ? sql`NULL` : sql`NOT NULL`}
			${conditions[range]} ${matches === undefined ? sql`` : sql`AND ${matches}`}
		ORDER BY ${range === "equal" ? sql`` : sql`${value} ${direction},`} id ${direction} LIMIT ${limit}`.execute(db);
	return rows;
}

/** The indexed expression. */
function valueIn(db: Database, sort: KeySort): Expression<unknown> {
	switch (sort) {
		case "created":
			return sql.ref("created_at");
		case "label":
			return sql.ref("label_folded");
		case "used":
			return usedAt(db);
		case "requests":
			return sql.ref("requests_24h");
	}
}
