import { StorageError } from "../../errors/storage-error.ts";
import type { Result, Session } from "./session.ts";

/**
 * What a store function gets. A failed statement ends its transaction, and each later one only says so: the first failure
 * is what a caller wants to know, also of a store function that caught it. Once its transaction is over, a late statement
 * belongs to no other one.
 */
export function strictSession(session: Pick<Session, "run">) {
	let failure: Error | undefined;

	function throwFailure(): void {
		if (failure !== undefined) throw failure;
	}

	return {
		async run<Row>(sql: string, parameters?: readonly unknown[]): Promise<Result<Row>> {
			throwFailure();
			try {
				return await session.run<Row>(sql, parameters);
			} catch (error) {
				failure = error as Error;
				throw error;
			}
		},
		throwFailure,
		end(): void {
			failure ??= new StorageError("busy", "The transaction is over.");
		},
	};
}
