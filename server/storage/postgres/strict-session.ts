import type { Result, Session } from "./connection.ts";

/**
 * A failed statement ends its transaction, and each later one only says so: the first failure is what a caller wants to
 * know, also of a store function that caught it.
 */
export function strictSession(session: Session) {
	let failure: Error | undefined;

	function throwFailure(): void {
		if (failure !== undefined) throw failure;
	}

	return {
		script: session.script,
		get warnings() {
			return session.warnings;
		},
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
	};
}
