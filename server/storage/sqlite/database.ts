import {
	type ConnectionProvider,
	type DatabaseConnection,
	DefaultQueryExecutor,
	DummyDriver,
	type KyselyProps,
	SqliteAdapter,
	SqliteDialect,
	SqliteQueryCompiler,
} from "kysely";

import { Database } from "../database.ts";
import { sqliteFragments } from "./fragments.ts";

/** Kysely's parts on one connection. It never awaits anything, so it needs neither a pool nor a mutex. */
export function kyselyProps(connection: DatabaseConnection): KyselyProps {
	const provider: ConnectionProvider = { provideConnection: (use) => use(connection) };
	const dialect = new SqliteDialect({
		database: () => Promise.reject(new TypeError("This dialect does not open connections.")),
	});
	return {
		config: { dialect },
		dialect,
		driver: new DummyDriver(),
		executor: new DefaultQueryExecutor(new SqliteQueryCompiler(), new SqliteAdapter(), provider),
	};
}

/** Creates the database that one store function works on. */
export function databaseOn(connection: DatabaseConnection, limitScale?: number): (now: number) => Database {
	const props = kyselyProps(connection);
	return (now) => new Database(props, now, sqliteFragments, limitScale);
}
