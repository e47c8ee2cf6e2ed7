import type { Expression, RawBuilder } from "kysely";

/** Types of columns that `rows` can give. */
export type RowColumns = Record<string, "text" | "integer">;

/** SQL for what the engines say differently. */
export interface Fragments {
	/** For `IN`: these texts as one parameter, so that the statement is the same for any number of them. */
	list(values: readonly string[]): RawBuilder<string>;
	/** `column IN (subquery)`, where the subquery refers to an earlier table in `FROM`. */
	oneOf(column: Expression<unknown>, picked: Expression<unknown>): RawBuilder<boolean>;
	/** For `FROM`: plain objects as rows, in one parameter. It needs an alias. */
	rows<Columns extends RowColumns>(
		values: readonly Readonly<Record<keyof Columns, string | number | null>>[],
		columns: Columns,
	): RawBuilder<unknown>;
	/** After a table: look it up by this index and no other, where the engine can be told. */
	index(name: string): RawBuilder<unknown>;
	/** The column, but no index is used for it. */
	unindexed<T>(column: Expression<T>): RawBuilder<T>;
	/** The greater of two values, neither of them null. */
	greatest<T>(one: Expression<T>, other: Expression<T>): RawBuilder<T>;
	/** Compares and sorts the 26 letters of ASCII in any case. */
	noCase(text: Expression<string>): RawBuilder<string>;
}
