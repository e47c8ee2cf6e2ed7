import type Database from "better-sqlite3";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";

import type { SqliteDatabase } from "./open-database.ts";

type Statement = Database.Statement;

const MAX_STATEMENTS = 500;

/** Runs Kysely's queries on one connection and caches their prepared statements. */
export function createConnection(db: SqliteDatabase): DatabaseConnection {
	let statements = new Map<string, Statement>();

	function prepared(sql: string): Statement {
		const known = statements.get(sql);
		if (known !== undefined) return known;
		if (statements.size >= MAX_STATEMENTS) statements = new Map();
		const statement = db.prepare(sql);
		statements.set(sql, statement);
		return statement;
	}

	return {
		async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
			const statement = prepared(sql);
			if (statement.reader) return { rows: statement.all(...parameters) as Row[] };
			const { changes, lastInsertRowid } = statement.run(...parameters);
			return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
		},
		streamQuery() {
			throw new TypeError("Streaming is not supported: fetch all rows.");
		},
	};
}
