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
	/** Of the engine: how it compiles queries. */
	props: KyselyProps;
	read: (statement: Statement) => Promise<StatementResult>;
	write: (statement: Statement) => Promise<StatementResult>;
}

/** A Kysely for libraries with SQL of their own. Statements never queue behind one another; there are no transactions. */
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
			throw new TypeError("Streaming is not supported here: read the whole answer.");
		},
	};
	const executor = props.executor.withConnectionProvider({ provideConnection: (use) => use(connection) });
	return new Kysely<unknown>({ ...props, executor });
}
