import { sql } from "kysely";

import type { Fragments } from "../fragments.ts";

const TYPES = { text: "text", integer: "bigint" };

export const postgresFragments: Fragments = {
	list: (values) => sql`(SELECT unnest(${[...values]}::text[]))`,
	// As an array, so that the rows are looked up by their key, and not joined by reading the whole table.
	oneOf: (column, picked) => sql`${column} = ANY(ARRAY(${picked}))`,
	among: (column, values) => sql`${column} = ANY(${values}::bigint[])`,
	rows(values, columns) {
		const names = Object.keys(columns);
		const arrays = Object.entries(columns).map(
			([name, type]) => sql`${values.map((value) => value[name])}::${sql.raw(TYPES[type])}[]`,
		);
		return sql`(SELECT * FROM unnest(${sql.join(arrays)}) AS given (${sql.join(names.map((name) => sql.ref(name)))}))`;
	},
	// The planner chooses.
	index: () => sql``,
	unindexed: (column) => sql`${column}`,
	hex: (column) => sql`encode(${column}, 'hex')`,
	greatest: (...values) => sql`greatest(${sql.join(values)})`,
};
