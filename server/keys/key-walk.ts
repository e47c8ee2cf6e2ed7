import { performance } from "node:perf_hooks";

import type { KeyState } from "../../shared/wire.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import { type KeyOrder, type Position, SORTS } from "./key-order.ts";
import type { SearchedKey } from "./search-text.ts";

export interface Walk extends KeyOrder {
	workspaceId: string;
	state: KeyState;
	/** Begins behind it; undefined: at the top. */
	after: Position | undefined;
	/** All where absent. */
	matches: ((key: SearchedKey) => boolean) | undefined;
	/** Ends with so many. */
	most: number;
}

/** A search reads so many keys in one go, in some tenths of a millisecond, */
const STEP_KEYS = 500;
/** and pauses once it has taken so long. */
const SLICE_MS = 3;

/**
 * The first keys of one state, in an order, by nothing but that order's index. It pauses between slices, so that a
 * search through 100,000 keys makes no request wait for all of it.
 */
export function* walk(db: SqliteDatabase, query: Walk): Generator<undefined, Position[]> {
	const { workspaceId, matches, most } = query;
	const statements = prepare(db, query);
	const found: (Position & SearchedKey)[] = [];
	let began = performance.now();
	let legs = query.after === undefined ? [statements.all] : [statements.equal, statements.beyond];
	let after = query.after;
	for (let leg = legs.shift(); leg !== undefined && found.length < most; leg = legs.shift()) {
		const step = matches === undefined ? most - found.length : STEP_KEYS;
		const keys = leg.all({ workspaceId, step, ...after });
		found.push(...keys.filter((key) => matches?.(key) ?? true).slice(0, most - found.length));
		if (keys.length < step) continue;
		after = keys.at(-1);
		legs = [statements.equal, statements.beyond];
		if (performance.now() - began < SLICE_MS) continue;
		yield;
		began = performance.now();
	}
	return found.map(({ value, id }) => ({ value, id }));
}

/** What follows a position are its equals behind it, and then all beyond: SQLite seeks for either, but not for both at once. */
function prepare(db: SqliteDatabase, { sort, order, state }: Walk) {
	const { expression } = SORTS[sort];
	const [direction, beyond] = order === "asc" ? ["ASC", ">"] : ["DESC", "<"];
	const leg = (condition: string, by = `${expression} ${direction}, id ${direction}`) =>
		db.prepare<object, Position & SearchedKey>(
			`SELECT ${expression} AS value, id, label, place_name, hint
			FROM api_key INDEXED BY api_key_${state}_by_${sort}
			WHERE workspace_id = :workspaceId AND revoked_at IS ${state === "active" ? "" : "NOT "}NULL ${condition}
			ORDER BY ${by} LIMIT :step`,
		);
	return {
		all: leg(""),
		equal: leg(`AND ${expression} = :value AND id ${beyond} :id`, `id ${direction}`),
		beyond: leg(`AND ${expression} ${beyond} :value`),
	};
}
