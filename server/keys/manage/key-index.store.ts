import { type Expression, type RawBuilder, sql } from "kysely";

import type { KeySort, KeyState } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import { usedAt } from "../usage/key-uses.store.ts";
import type { KeyOrder, Position } from "./key-order.ts";
import type { SearchedKey } from "./search-text.ts";

export interface IndexWalk extends KeyOrder {
	workspaceId: string;
	state: KeyState;
	/** Starts after this position; undefined: at the beginning. */
	after: Position | undefined;
	/** Undefined: all keys match. */
	matches: ((key: SearchedKey) => boolean) | undefined;
	limit: number;
}

type Row = Position & SearchedKey;

/** Keys read per statement while searching. */
const STEP_KEYS = 2_000;

/** The first matching keys of one state, in order, read from the order's index alone. */
export async function walkIndex(db: Database, query: IndexWalk): Promise<Position[]> {
	const { matches, limit } = query;
	const found: Row[] = [];
	let after = query.after;
	let ranges: Range[] = after === undefined ? ["all"] : ["equal", "beyond"];
	for (let range = ranges.shift(); range !== undefined && found.length < limit; range = ranges.shift()) {
		const step = matches === undefined ? limit - found.length : STEP_KEYS;
		const keys = await readRange(db, query, { range, after, step });
		found.push(...keys.filter((key) => matches?.(key) ?? true).slice(0, limit - found.length));
		if (keys.length < step) continue;
		after = keys.at(-1);
		ranges = ["equal", "beyond"];
	}
	return found.map(({ value, id }) => ({ value, id }));
}

/** Keys with the same value as the last one, then those after it: a single index seek cannot do both. */
type Range = "all" | "equal" | "beyond";

async function readRange(
	db: Database,
	{ sort, order, state, workspaceId }: IndexWalk,
	{ range, after, step }: { range: Range; after: Position | undefined; step: number },
): Promise<Row[]> {
	const value = valueIn(db, sort);
	const direction = order === "asc" ? sql`ASC` : sql`DESC`;
	const beyond = order === "asc" ? sql`>` : sql`<`;
	const conditions: Record<Range, RawBuilder<unknown>> = {
		all: sql``,
		equal: sql`AND ${value} = ${after?.value} AND id ${beyond} ${after?.id}`,
		beyond: sql`AND ${value} ${beyond} ${after?.value}`,
	};
	const { rows } = await sql<Row>`
		SELECT ${value} AS value, id, label, place_name, hint
		FROM api_key ${db.fragments.index(`api_key_${state}_by_${sort}`)}
		WHERE workspace_id = ${workspaceId} AND revoked_at IS ${state === "active" ? sql`NULL` : sql`NOT NULL`}
			${conditions[range]}
		ORDER BY ${range === "equal" ? sql`` : sql`${value} ${direction},`} id ${direction} LIMIT ${step}`.execute(db);
	return rows;
}

/** The indexed expression. */
function valueIn(db: Database, sort: KeySort): Expression<unknown> {
	switch (sort) {
		case "created":
			return sql.ref("created_at");
		case "label":
			return db.fragments.noCase(sql.ref("label"));
		case "used":
			return usedAt(db);
		case "requests":
			return sql.ref("requests_24h");
	}
}
