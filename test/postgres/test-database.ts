import pg from "pg";

import { newName } from "./sync-database.ts";

/** For a run of the server's tests on PostgreSQL: the URL of a database on it, from which the tests' own are created. */
export const TEMPLATE_URL = process.env["AUXVYN_TEST_POSTGRES"];

/** @returns the URL of a new database, like the template */
export async function createTestDatabase(templateUrl: string): Promise<string> {
	const url = new URL(templateUrl);
	const template = url.pathname.slice(1);
	url.pathname = "/postgres";
	const client = new pg.Client({ connectionString: url.href });
	await client.connect();
	url.pathname = `/${newName()}`;
	try {
		await client.query(`CREATE DATABASE ${url.pathname.slice(1)} TEMPLATE ${template} STRATEGY file_copy`);
	} finally {
		await client.end();
	}
	return url.href;
}
