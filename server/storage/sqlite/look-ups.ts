import type { LookUp } from "../look-up.ts";
import { createConnection } from "./connection.ts";
import { databaseOn } from "./database.ts";
import { asStorageError } from "./errors.ts";
import { sqliteFragments } from "./fragments.ts";
import type { SqliteDatabase } from "./open-database.ts";

interface Prepared {
	all(value: bigint): unknown[];
}

/** Finds rows in the calling thread. That takes a few microseconds, of which a promise would be a good part. */
export function createLookUps(connection: SqliteDatabase) {
	const compiler = databaseOn(createConnection(connection))(0);
	const statements = new Map<unknown, Prepared>();

	function prepare<Row extends object>(lookUp: LookUp<Row, unknown>): Prepared {
		const statement = connection.prepare(lookUp.select(sqliteFragments, [0n]).compile(compiler).sql);
		statements.set(lookUp, statement);
		return statement;
	}

	/** @throws StorageError */
	return function find<Row extends object, Found>(lookUp: LookUp<Row, Found>, key: string): Found | undefined {
		try {
			const rows = (statements.get(lookUp) ?? prepare(lookUp)).all(lookUp.valueOf(key)) as Row[];
			for (const row of rows) if (lookUp.keyOf(row) === key) return lookUp.found(row);
			return undefined;
		} catch (error) {
			throw asStorageError(error);
		}
	};
}
