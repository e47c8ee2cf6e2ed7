import { sql } from "kysely";

import type { Fragments } from "../fragments.ts";

export const sqliteFragments: Fragments = {
	list: (values) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`,
	oneOf: (column, picked) => sql`${column} IN (${picked})`,
	among: (column, values) => sql`${column} IN (${sql.join(values)})`,
	rows(values, columns) {
		const names = Object.keys(columns);
		const column = (name: string, place: number) => sql`value ->> ${sql.lit(place)} AS ${sql.ref(name)}`;
		// As arrays, which are read faster than objects.
		const rows = values.map((value) => names.map((name) => value[name]));
		return sql`(SELECT ${sql.join(names.map(column))} FROM json_each(${JSON.stringify(rows)}))`;
	},
	index: (name) => sql`INDEXED BY ${sql.ref(name)}`,
	// https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
	unindexed: (column) => sql`+${column}`,
	hex: (column) => sql`lower(hex(${column}))`,
	greatest: (...values) => sql`max(${sql.join(values)})`,
};
