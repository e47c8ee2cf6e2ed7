import type { Expression, RawBuilder } from "kysely";

/** Column types that `rows` supports. */
export type RowColumns = Record<string, "text" | "integer">;

/** SQL that differs between engines. */
export interface Fragments {
	/** For `IN`: the texts as one parameter, so that the statement is the same for any number of them. */
	list(values: readonly string[]): RawBuilder<string>;
	/** `column IN (subquery)`, where the subquery refers to an earlier table in `FROM`. */
	oneOf(column: Expression<unknown>, picked: Expression<unknown>): RawBuilder<boolean>;
	/** `column IN (values)`. Where many are looked up at once, the statement is the same for any number of them. */
	among(column: Expression<unknown>, values: readonly bigint[]): RawBuilder<boolean>;
	/** For `FROM`: plain objects as rows, in one parameter. Needs an alias. */
	rows<Columns extends RowColumns>(
		values: readonly Readonly<Record<keyof Columns, string | number | null>>[],
		columns: Columns,
	): RawBuilder<unknown>;
	/** After a table: use only this index, if the engine supports that. */
	index(name: string): RawBuilder<unknown>;
	/** The column, without using an index for it. */
	unindexed<T>(column: Expression<T>): RawBuilder<T>;
	/** Bytes as lower-case hex. */
	hex(column: Expression<unknown>): RawBuilder<string>;
	/** The greatest of two or more values, none of them null. */
	greatest<T>(...values: Expression<T>[]): RawBuilder<T>;
}
