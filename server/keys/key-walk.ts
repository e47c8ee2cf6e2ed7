import type { KeyState } from "../../shared/wire.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import { type KeyOrder, type Position, SORTS } from "./key-order.ts";

export interface Walk extends KeyOrder {
	workspaceId: string;
	state: KeyState;
	/** Begins behind it; undefined: at the top. */
	after: Position | undefined;
	/** A GLOB that a label, place name or hint must match. */
	pattern: string | undefined;
	/** Ends with so many. */
	most: number;
}

/** A search looks at so many keys in one go: some two milliseconds. */
const SLICE_KEYS = 4_000;

/**
 * The first keys of one state, in an order, by nothing but that order's index. It pauses between slices, so that a
 * search through 100,000 keys makes no request wait for all of it.
 */
export function* walk(db: SqliteDatabase, query: Walk): Generator<undefined, Position[]> {
	const statements = prepare(db, query);
	const found: Position[] = [];
	let legs = query.after === undefined ? [statements.all] : [statements.equal, statements.beyond];
	let after = query.after;
	for (let leg = legs.shift(); leg !== undefined && found.length < query.most; leg = legs.shift()) {
		const parameters = { workspaceId: query.workspaceId, pattern: query.pattern, ...after };
		found.push(...leg.hits.all({ ...parameters, most: query.most - found.length }));
		const end = query.pattern === undefined ? undefined : leg.end.get(parameters);
		if (end === undefined || found.length === query.most) continue;
		after = end;
		legs = [statements.equal, statements.beyond];
		yield;
	}
	return found;
}

/** What follows a position are its equals behind it, and then all beyond: SQLite seeks for either, but not for both at once. */
function prepare(db: SqliteDatabase, { sort, order, state, pattern }: Walk) {
	const { expression } = SORTS[sort];
	const [direction, beyond] = order === "asc" ? ["ASC", ">"] : ["DESC", "<"];
	const leg = (condition: string, by = `${expression} ${direction}, id ${direction}`) => {
		const keys = `SELECT ${expression} AS value, id, label, place_name, hint
			FROM api_key INDEXED BY api_key_${state}_by_${sort}
			WHERE workspace_id = :workspaceId AND revoked_at IS ${state === "active" ? "" : "NOT "}NULL ${condition}
			ORDER BY ${by}`;
		const hits =
			pattern === undefined
				? `SELECT value, id FROM (${keys} LIMIT :most)`
				: `SELECT value, id FROM (${keys} LIMIT ${SLICE_KEYS})
					WHERE label GLOB :pattern OR place_name GLOB :pattern OR hint GLOB :pattern LIMIT :most`;
		return {
			hits: db.prepare<object, Position>(hits),
			/** The last key of a whole slice. */
			end: db.prepare<object, Position>(`SELECT value, id FROM (${keys} LIMIT 1 OFFSET ${SLICE_KEYS - 1})`),
		};
	};
	return {
		all: leg(""),
		equal: leg(`AND ${expression} = :value AND id ${beyond} :id`, `id ${direction}`),
		beyond: leg(`AND ${expression} ${beyond} :value`),
	};
}
