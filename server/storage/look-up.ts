import type { RawBuilder } from "kysely";

import type { Fragments } from "./fragments.ts";

/** How to find single rows by a key of theirs. Games wait for it, so each engine prepares the statement once. */
export interface LookUp<Row extends object, Found> {
	/** The rows with any of these values. With one value, the statement is always the same, and the value its parameter. */
	select(fragments: Fragments, values: readonly bigint[]): RawBuilder<Row>;
	valueOf(key: string): bigint;
	/** The key that a row has. Rows with the same value may have other keys. */
	keyOf(row: Row): string;
	found(row: Row): Found;
}
