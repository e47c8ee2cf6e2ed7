import type { CompiledQuery, DatabaseConnection } from "kysely";

/**
 * A connection for a store function that reads one row.
 * @throws TypeError if it reads more than one row, or runs more than one statement
 */
export function singleRow(connection: DatabaseConnection, name: string): DatabaseConnection {
	let statements = 0;
	return {
		...connection,
		async executeQuery<Row>(query: CompiledQuery) {
			const result = await connection.executeQuery<Row>(query);
			statements += 1;
			if (statements === 1 && result.rows.length <= 1) return result;
			throw new TypeError(`${name} reads several rows or runs several statements: use scan.`);
		},
	};
}
