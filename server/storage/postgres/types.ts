import pg from "pg";

const { builtins } = pg.types;
/** Counts and times fit into a double exactly; sums of them are `numeric`. */
const NUMBERS: readonly number[] = [builtins.INT8, builtins.NUMERIC];

/** What the stores expect: numbers for integers of any size, and for all else what `pg` makes of it. */
export const types: pg.CustomTypesConfig = {
	getTypeParser(oid: number, format?: "text" | "binary") {
		if (NUMBERS.includes(oid)) return Number;
		return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
	},
};
