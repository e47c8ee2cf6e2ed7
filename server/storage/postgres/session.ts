import type pg from "pg";

import { type ClientOptions, createClient, destroyClient } from "./client.ts";
import { connectionLost, withoutRows } from "./errors.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { createStatementNames } from "./statement-names.ts";
import { within } from "./within.ts";

/** To connect, and for each statement before the first use. */
const OPEN_TIMEOUT_MS = 2_000;
const CLOSE_TIMEOUT_MS = 1_000;
/**
 * Whatever the user's own settings are. PostgreSQL ends the session of a machine that is gone, with its locks: by itself
 * it would notice after two hours. And it warns, as of a commit that is on no standby.
 */
const SETTINGS = {
	client_min_messages: "warning",
	tcp_keepalives_idle: "10",
	tcp_keepalives_interval: "5",
	tcp_keepalives_count: "3",
	tcp_user_timeout: "30000",
	idle_session_timeout: "0",
};

export interface SessionOptions extends ClientOptions {
	/** Settings of the session, by name. */
	settings?: Readonly<Record<string, string>>;
	/** Without an answer for so long, it is given up. Default: never. */
	silentMs?: number;
	onSilent?: () => void;
	/** Prepares statements once for each connection. Default: true. */
	prepare?: boolean;
	/** Called before it is used. */
	onConnect?: (session: Session) => Promise<void>;
	onNotification?: () => void;
}

export type Result<Row> = Omit<pg.QueryResult, "rows"> & { rows: Row[] };

/** What runs on one and the same connection. Once that has ended, everything fails as `unavailable`. */
export interface Session {
	/**
	 * Runs one statement, after those that were sent before.
	 * @throws StorageError `unavailable`, or PostgreSQL's error
	 */
	run<Row>(sql: string, parameters?: readonly unknown[]): Promise<Result<Row>>;
	/** Runs statements without parameters, in one message. */
	script(sql: string): Promise<void>;
	/** How many warnings it had. */
	readonly warnings: number;
	/** Which database of which running PostgreSQL it is on. */
	readonly server: string;
	readonly isStandby: boolean;
	readonly isEnded: boolean;
	/** For what only `pg` can do, such as COPY. */
	readonly client: pg.Client;
	/** Resolves once it has ended, for whatever reason. */
	readonly ended: Promise<void>;
	/** Ends it at once: statements that were sent fail. */
	drop(): void;
	close(): Promise<void>;
}

interface Facts {
	server: string;
	isStandby: boolean;
}

/** Opens a connection, once. */
export async function openSession(options: SessionOptions): Promise<Session> {
	const client = createClient(options, OPEN_TIMEOUT_MS);
	const { silentMs = Infinity } = options;
	const ended: PromiseWithResolvers<void> = Promise.withResolvers();
	const nameOf = options.prepare === false ? () => undefined : createStatementNames();
	let warnings = 0;
	let facts: Facts = { server: "", isStandby: false };
	let isEnded = false;
	const heartbeat = startHeartbeat({
		silentMs,
		ping() {
			// In a transaction it would keep alive what PostgreSQL is to end.
			if (silentMs < Infinity && client.getTransactionStatus() === "I")
				session.script("SELECT 1").catch(() => undefined);
		},
		onSilent() {
			session.drop();
			options.onSilent?.();
		},
	});

	function end(): void {
		isEnded = true;
		heartbeat.stop();
		ended.resolve();
	}

	async function send(query: pg.QueryConfig | string): Promise<pg.QueryResult> {
		heartbeat.sent();
		try {
			return await client.query(query);
		} catch (error) {
			throw isEnded ? connectionLost(error) : withoutRows(error);
		} finally {
			heartbeat.answered();
		}
	}

	const session: Session = {
		client,
		async run<Row>(text: string, values: readonly unknown[] = []) {
			const name = nameOf(text);
			const query = { text, values: [...values], ...(name !== undefined && { name }) };
			return (await send(query)) as Result<Row>;
		},
		async script(text) {
			await send(text);
		},
		get warnings() {
			return warnings;
		},
		get server() {
			return facts.server;
		},
		get isStandby() {
			return facts.isStandby;
		},
		get isEnded() {
			return isEnded;
		},
		ended: ended.promise,
		drop() {
			end();
			destroyClient(client);
		},
		async close() {
			end();
			// Its other end may be gone.
			await within(CLOSE_TIMEOUT_MS, client.end()).catch(() => destroyClient(client));
		},
	};

	client.on("error", end);
	client.on("end", end);
	// By its code, because the severity is in the server's language.
	client.on("notice", ({ code = "" }) => {
		if (!code.startsWith("00")) warnings += 1;
	});
	if (options.onNotification) client.on("notification", options.onNotification);
	try {
		await client.connect();
		facts = (await within(OPEN_TIMEOUT_MS, start(session, { ...SETTINGS, ...options.settings }))) ?? facts;
		if (options.onConnect) await within(OPEN_TIMEOUT_MS, options.onConnect(session));
	} catch (error) {
		session.drop();
		throw error;
	}
	return session;
}

async function start(session: Session, settings: Readonly<Record<string, string>>): Promise<Facts | undefined> {
	const set = Object.keys(settings).map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, false)`);
	const { rows } = await session.run<Facts>(
		`SELECT ${[...set, ""].join(", ")} pg_is_in_recovery() AS "isStandby", extract(epoch FROM pg_postmaster_start_time())
			|| ' ' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS server`,
		Object.entries(settings).flat(),
	);
	return rows[0];
}
