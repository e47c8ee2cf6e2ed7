import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";

import { StorageError } from "../../errors/storage-error.ts";
import { asStorageError } from "./errors.ts";
import { types } from "./types.ts";

const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_AFTER_MS = 250;
const MAX_PREPARED = 500;

export interface ConnectionOptions {
	url: string;
	/** In pg_stat_activity: which of a server's connections it is. */
	name: string;
	/** Settings of the session, by name. */
	settings?: Readonly<Record<string, string>>;
	/** Sends statements without waiting for the answers of those before. */
	pipeline?: boolean;
	/** Prepares statements once for each connection. Default: true. */
	prepare?: boolean;
	/** Called with each new connection before it is used. */
	onConnect?: (client: pg.Client) => Promise<void>;
	onNotification?: () => void;
}

export type Result<Row> = Omit<pg.QueryResult, "rows"> & { rows: Row[] };

/** What runs on one and the same connection. Once that has ended, everything fails. */
export interface Session {
	/**
	 * Runs one statement, after those that were sent before.
	 * @throws StorageError, or PostgreSQL's error
	 */
	run<Row>(sql: string, parameters?: readonly unknown[]): Promise<Result<Row>>;
	/** Runs statements without parameters, in one message. */
	script(sql: string): Promise<void>;
	/** How many warnings it had. */
	readonly warnings: number;
}

/** One connection that is opened beforehand, and again when it ends. */
export interface Connection {
	/**
	 * The present connection.
	 * @throws StorageError `unavailable`
	 */
	session(): Session;
	/** Ends it, if it has not answered in time: statements that were sent fail, and a new connection is opened. */
	drop(): void;
	/** Increases with each connection that was opened. */
	readonly generation: number;
	/** Resolves once there is a connection. */
	ready(): Promise<void>;
	close(): Promise<void>;
}

export function createConnection(options: ConnectionOptions): Connection {
	let client: pg.Client | undefined;
	let session: Session | undefined;
	let opening: Promise<void> | undefined;
	let failure: unknown;
	let generation = 0;
	let isClosed = false;

	async function open(): Promise<void> {
		const fresh = clientOf(options);
		fresh.on("error", () => lose(fresh));
		fresh.on("end", () => lose(fresh));
		try {
			await fresh.connect();
			for (const [name, value] of Object.entries(options.settings ?? {}))
				await fresh.query("SELECT set_config($1, $2, false)", [name, value]);
			if (options.onNotification) fresh.on("notification", options.onNotification);
			await options.onConnect?.(fresh);
		} catch (error) {
			destroy(fresh);
			throw error;
		}
		if (isClosed) return destroy(fresh);
		generation += 1;
		client = fresh;
		session = sessionOn(fresh, options.prepare ?? true);
		failure = undefined;
	}

	function lose(lost: pg.Client): void {
		if (client !== lost) return;
		client = undefined;
		reopen();
	}

	/** Until it works, or the storage is closed. */
	function reopen(): void {
		opening ??= (async () => {
			while (!isClosed) {
				try {
					await open();
					break;
				} catch (error) {
					failure = error;
					await sleep(RECONNECT_AFTER_MS, undefined, { ref: false });
				}
			}
			opening = undefined;
		})();
	}

	reopen();
	return {
		session() {
			if (client === undefined || session === undefined) throw unavailable(failure);
			return session;
		},
		drop() {
			const dropped = client;
			if (dropped === undefined) return;
			client = undefined;
			destroy(dropped);
			reopen();
		},
		get generation() {
			return generation;
		},
		async ready() {
			while (client === undefined) {
				if (isClosed) throw unavailable(failure);
				await opening;
			}
		},
		async close() {
			isClosed = true;
			const last = client;
			client = undefined;
			await last?.end().catch(() => undefined);
		},
	};
}

function clientOf({ url, name, pipeline = false }: ConnectionOptions): pg.Client {
	return new pg.Client({
		connectionString: url,
		application_name: `auxvyn ${name}`,
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		keepAlive: true,
		keepAliveInitialDelayMillis: 5_000,
		types,
		pipeline,
	} as pg.ClientConfig);
}

/** Opens a connection that is not opened again. */
export async function openOnce(options: ConnectionOptions): Promise<{ session: Session; close(): Promise<void> }> {
	const client = clientOf(options);
	// Whatever waits for an answer is told.
	client.on("error", () => undefined);
	try {
		await client.connect();
	} catch (error) {
		destroy(client);
		throw error;
	}
	return { session: sessionOn(client, false), close: () => client.end() };
}

function sessionOn(client: pg.Client, isPrepared: boolean): Session {
	/** By text: under which name it is prepared. */
	const prepared = new Map<string, string>();
	let warnings = 0;
	client.on("notice", ({ severity }) => {
		if (severity === "WARNING") warnings += 1;
	});

	function nameOf(sql: string): string | undefined {
		if (!isPrepared) return undefined;
		const known = prepared.get(sql);
		if (known !== undefined || prepared.size >= MAX_PREPARED) return known;
		prepared.set(sql, `s${prepared.size}`);
		return prepared.get(sql);
	}

	return {
		async run<Row>(text: string, values: readonly unknown[] = []) {
			const name = nameOf(text);
			const query = { text, values: [...values], ...(name !== undefined && { name }) };
			return (await client.query(query)) as unknown as Result<Row>;
		},
		async script(text) {
			await client.query(text);
		},
		get warnings() {
			return warnings;
		},
	};
}

function destroy(client: pg.Client): void {
	(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

function unavailable(cause: unknown): StorageError {
	const known = asStorageError(cause);
	const reason = known instanceof Error ? known.message : "it is not connected yet";
	return new StorageError("unavailable", `No connection to PostgreSQL: ${reason}`, { cause });
}
