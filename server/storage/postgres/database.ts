import {
	type CompiledQuery,
	type DatabaseConnection,
	DefaultQueryExecutor,
	DummyDriver,
	type KyselyProps,
	PostgresAdapter,
	PostgresDialect,
	PostgresQueryCompiler,
	type QueryResult,
} from "kysely";

import { searchable } from "./parameters.ts";
import type { Session } from "./session.ts";

/** Kysely's parts on one connection. */
export function kyselyProps(connection: DatabaseConnection): KyselyProps {
	const dialect = new PostgresDialect({
		pool: () => Promise.reject(new TypeError("This dialect does not open connections.")),
	});
	return {
		config: { dialect },
		dialect,
		driver: new DummyDriver(),
		executor: new DefaultQueryExecutor(new PostgresQueryCompiler(), new PostgresAdapter(), {
			provideConnection: (use) => use(connection),
		}),
	};
}

/** Runs Kysely's queries. */
export function queriesOn(session: () => Pick<Session, "run">): DatabaseConnection {
	return {
		async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
			const { rows, rowCount } = await session().run<Row>(withTypes(sql, parameters), searchable(sql, parameters));
			return { rows, ...(rowCount !== null && { numAffectedRows: BigInt(rowCount) }) };
		},
		streamQuery() {
			throw new TypeError("Streaming is not supported: fetch all rows.");
		},
	};
}

/** Says of numbers that they are: PostgreSQL takes a parameter whose type the statement leaves open for text. */
function withTypes(sql: string, parameters: readonly unknown[]): string {
	return sql.replaceAll(/\$(\d+)/g, (place, number: string) => {
		const value = parameters[Number(number) - 1];
		if (typeof value !== "number") return place;
		return `${place}::${Number.isInteger(value) ? "bigint" : "double precision"}`;
	});
}
