import { CompiledQuery, type QueryResult } from "kysely";

import type { Database } from "./database.ts";

export interface Statement {
	sql: string;
	parameters: readonly unknown[];
}

export type StatementResult = QueryResult<unknown>;

/** Runs one statement that a library compiled. */
export async function runStatement(db: Database, { sql, parameters }: Statement): Promise<StatementResult> {
	return db.executeQuery(CompiledQuery.raw(sql, [...parameters]));
}
