import type { CompiledQuery } from "kysely";

import { createConnection } from "./connection.ts";
import type { SqliteDatabase } from "./open-database.ts";

/**
 * A connection on which a failed statement ends its transaction, as in PostgreSQL: a store function that caught the
 * error could not continue there.
 */
export function createStrictConnection(db: SqliteDatabase) {
	const connection = createConnection(db);
	let failure: Error | undefined;

	function throwFailure(): void {
		if (failure !== undefined) throw failure;
	}

	return {
		...connection,
		async executeQuery<Row>(query: CompiledQuery) {
			throwFailure();
			try {
				return await connection.executeQuery<Row>(query);
			} catch (error) {
				failure = error as Error;
				throw error;
			}
		},
		/** Forgets the failure of an earlier transaction. */
		begin(): void {
			failure = undefined;
		},
		throwFailure,
	};
}
