import { randomBytes } from "node:crypto";

import pg from "pg";
import { inject, onTestFinished, test } from "vitest";

declare module "vitest" {
	export interface ProvidedContext {
		/** Where `sharedCluster` is to be asked for. */
		postgres: string;
		/** What the tests' servers run on. Default: SQLite. */
		engine: "postgres" | undefined;
	}
}

/** True where the tests' servers run on PostgreSQL. */
export const isOnPostgres = (): boolean => inject("engine") === "postgres";

/** `test`, for what only SQLite has: on PostgreSQL it is not there, rather than skipped. */
export const testOnSqlite = isOnPostgres() ? () => undefined : test;

let shared: Promise<{ template: URL; admin: pg.Client; strategy: string }> | undefined;

async function connect() {
	const response = await fetch(inject("postgres"));
	const text = await response.text();
	if (!response.ok) throw new Error(text);
	const template = new URL(text);
	const admin = new pg.Client({ connectionString: new URL("/postgres", template).href });
	await admin.connect();
	const { rows } = await admin.query<{ version: number }>(
		"SELECT current_setting('server_version_num')::int AS version",
	);
	// The only one of PostgreSQL 14, and the quicker one.
	const strategy = (rows[0]?.version ?? 0) >= 150_000 ? "STRATEGY file_copy" : "";
	return { template, admin, strategy };
}

/** A new database of the newest schema, or one without tables. */
export async function newDatabase({ isEmpty = false } = {}): Promise<{ url: string; drop: () => Promise<void> }> {
	const { template, admin, strategy } = await (shared ??= connect());
	const name = `test_${randomBytes(6).toString("hex")}`;
	const source = isEmpty ? "template0" : `${template.pathname.slice(1)} ${strategy}`;
	await admin.query(`CREATE DATABASE ${name} TEMPLATE ${source}`);
	return {
		url: new URL(`/${name}`, template).href,
		drop: async () => {
			await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
		},
	};
}

/** @returns the URL of a new database of the newest schema, dropped when the test ends */
export async function createTestDatabase(): Promise<string> {
	const { url, drop } = await newDatabase();
	onTestFinished(drop);
	return url;
}
