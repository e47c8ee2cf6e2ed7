import { CompiledQuery, type QueryResult } from "kysely";

import type { Database } from "./database.ts";

export interface Statement {
	sql: string;
	parameters: readonly unknown[];
}

export type StatementResult = QueryResult<unknown>;

/** One statement as a library compiled it. */
export async function runStatement(db: Database, { sql, parameters }: Statement): Promise<StatementResult> {
	return db.executeQuery(CompiledQuery.raw(sql, [...parameters]));
}
