import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { Cluster } from "./cluster.ts";
import { findPostgres } from "./find-postgres.ts";

/** In tests: as SQLite has it. */
const FUNCTIONS = `
	CREATE FUNCTION randomblob(bytes int) RETURNS bytea LANGUAGE sql VOLATILE AS $$
		SELECT substring(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) FROM 1 FOR bytes)
	$$`;

async function start(): Promise<{ cluster: Cluster; template: string }> {
	const programs = await findPostgres();
	if (programs === undefined) throw new Error("There is no PostgreSQL on this machine. `npm test` says how to get it.");
	const cluster = await Cluster.start(programs);
	const template = await cluster.createDatabase();
	await prepareDatabase(template);
	await cluster.sql(new URL(template).pathname.slice(1), FUNCTIONS);
	return { cluster, template };
}

/**
 * One PostgreSQL server for all tests of a run, started when the first of them asks: by a request to the returned address,
 * whose answer is the URL of a migrated database.
 */
export async function offerPostgres(): Promise<{ address: string; close: () => Promise<void> }> {
	let started: ReturnType<typeof start> | undefined;
	const server = createServer((_request, response) => {
		(started ??= start()).then(
			({ template }) => response.end(template),
			(error: unknown) => response.writeHead(503).end(String(error)),
		);
	});
	server.listen(0, "127.0.0.1").unref();
	await once(server, "listening");
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.close();
			server.closeAllConnections();
			await (await started?.catch(() => undefined))?.cluster.stop();
		},
	};
}
