import { type RawBuilder, sql } from "kysely";

import type { Fragments } from "../fragments.ts";

export const sqliteFragments: Fragments = {
	list: (values) => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`,
	oneOf: (column, picked) => sql`${column} IN (${picked})`,
	rows(values, columns) {
		const column = (name: string): RawBuilder<unknown> => sql`value ->> ${sql.lit(name)} AS ${sql.ref(name)}`;
		return sql`(SELECT ${sql.join(Object.keys(columns).map(column))} FROM json_each(${JSON.stringify(values)}))`;
	},
	index: (name) => sql`INDEXED BY ${sql.ref(name)}`,
	// https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
	unindexed: (column) => sql`+${column}`,
	greatest: (one, other) => sql`max(${one}, ${other})`,
	noCase: (text) => sql`${text} COLLATE NOCASE`,
};
