import { type Expression, type RawBuilder, sql } from "kysely";

import type { KeySort, KeyState } from "../../../shared/wire.ts";
import type { Database } from "../../storage/database.ts";
import type { KeyOrder, Position } from "./key-order.ts";
import type { SearchedKey } from "./search-text.ts";

export interface IndexWalk extends KeyOrder {
	workspaceId: string;
	state: KeyState;
	/** Starts after it; undefined: at the top. */
	after: Position | undefined;
	/** All where absent. */
	matches: ((key: SearchedKey) => boolean) | undefined;
	/** Stops at this many. */
	most: number;
}

type Row = Position & SearchedKey;

/** How many keys a search reads per statement. */
const STEP_KEYS = 2_000;

/** The first keys of one state in an order, read from that order's index alone. */
export async function walkIndex(db: Database, query: IndexWalk): Promise<Position[]> {
	const { matches, most } = query;
	const found: Row[] = [];
	let after = query.after;
	let legs: Leg[] = after === undefined ? ["all"] : ["equal", "beyond"];
	for (let leg = legs.shift(); leg !== undefined && found.length < most; leg = legs.shift()) {
		const step = matches === undefined ? most - found.length : STEP_KEYS;
		const keys = await readLeg(db, query, { leg, after, step });
		found.push(...keys.filter((key) => matches?.(key) ?? true).slice(0, most - found.length));
		if (keys.length < step) continue;
		after = keys.at(-1);
		legs = ["equal", "beyond"];
	}
	return found.map(({ value, id }) => ({ value, id }));
}

/** After a position come its ties, then everything beyond; one index seek cannot do both. */
type Leg = "all" | "equal" | "beyond";

async function readLeg(
	db: Database,
	{ sort, order, state, workspaceId }: IndexWalk,
	{ leg, after, step }: { leg: Leg; after: Position | undefined; step: number },
): Promise<Row[]> {
	const value = valueIn(db, sort);
	const direction = order === "asc" ? sql`ASC` : sql`DESC`;
	const beyond = order === "asc" ? sql`>` : sql`<`;
	const conditions: Record<Leg, RawBuilder<unknown>> = {
		all: sql``,
		equal: sql`AND ${value} = ${after?.value} AND id ${beyond} ${after?.id}`,
		beyond: sql`AND ${value} ${beyond} ${after?.value}`,
	};
	const { rows } = await sql<Row>`
		SELECT ${value} AS value, id, label, place_name, hint
		FROM api_key ${db.fragments.index(`api_key_${state}_by_${sort}`)}
		WHERE workspace_id = ${workspaceId} AND revoked_at IS ${state === "active" ? sql`NULL` : sql`NOT NULL`}
			${conditions[leg]}
		ORDER BY ${leg === "equal" ? sql`` : sql`${value} ${direction},`} id ${direction} LIMIT ${step}`.execute(db);
	return rows;
}

/** As in the index. */
function valueIn(db: Database, sort: KeySort): Expression<unknown> {
	switch (sort) {
		case "created":
			return sql.ref("created_at");
		case "label":
			return db.fragments.noCase(sql.ref("label"));
		case "used":
			return sql`coalesce(last_used_at, 0)`;
		case "requests":
			return sql.ref("requests_24h");
	}
}
