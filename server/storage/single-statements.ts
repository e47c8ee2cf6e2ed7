import {
	type CompiledQuery,
	type DatabaseConnection,
	Kysely,
	type KyselyProps,
	type QueryResult,
	SelectQueryNode,
} from "kysely";

import type { Statement, StatementResult } from "./statement.store.ts";
import type { StatementsOptions } from "./storage.ts";

export interface SingleStatementsOptions extends StatementsOptions {
	/** How the engine compiles queries. */
	props: KyselyProps;
	read: (statement: Statement) => Promise<StatementResult>;
	write: (statement: Statement) => Promise<StatementResult>;
}

/**
 * A Kysely for libraries that bring their own SQL. Statements do not queue behind one another, and there are no
 * transactions.
 */
export function singleStatements({ props, read, write, translate }: SingleStatementsOptions): Kysely<unknown> {
	const connection: DatabaseConnection = {
		async executeQuery<Row>({ query, sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
			const run = SelectQueryNode.is(query) ? read : write;
			const result = await run({ sql, parameters }).catch((error: unknown) => {
				throw translate(error);
			});
			return { ...result, rows: result.rows as Row[] };
		},
		streamQuery() {
			throw new TypeError("Streaming is not supported: fetch all rows.");
		},
	};
	const executor = props.executor.withConnectionProvider({ provideConnection: (use) => use(connection) });
	return new Kysely<unknown>({ ...props, executor });
}
