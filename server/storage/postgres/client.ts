import pg from "pg";

import { types } from "./types.ts";

export interface ClientOptions {
	url: string;
	/** In pg_stat_activity: which of a server's connections it is. */
	name: string;
	/** Sends statements without waiting for the answers of those before. */
	pipeline?: boolean;
}

/** A client that is not connected yet, and never waits for long. */
export function createClient({ url, name, pipeline = false }: ClientOptions, timeoutMs: number): pg.Client {
	return new pg.Client({
		connectionString: url,
		application_name: `auxvyn ${name}`,
		connectionTimeoutMillis: timeoutMs,
		keepAlive: true,
		keepAliveInitialDelayMillis: 5_000,
		types,
		pipeline,
	});
}

/** Ends it without saying goodbye to the other end, which may be gone. */
export function destroyClient(client: pg.Client): void {
	(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}
