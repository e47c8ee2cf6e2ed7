import { setTimeout as sleep } from "node:timers/promises";

import { type CompiledQuery, type DatabaseConnection, type Driver, type QueryResult, SelectQueryNode } from "kysely";

import type { SqliteDatabase } from "../storage/open-database.ts";
import { isBusy } from "../storage/storage.ts";

/** From the question to the answer, waiting for one's turn included. */
const PATIENCE_MS = 3_000;
const RETRY_EVERY_MS = 15;

export interface SqliteDriverOptions {
	/** Only for changes. Nobody else may use it. */
	writer: SqliteDatabase;
	/** Only for questions: they neither wait for changes nor see unfinished ones. */
	reader: SqliteDatabase;
	/** What callers are to see of a failure. Everything thrown passes through it. */
	translate(error: unknown): unknown;
}

/**
 * Kysely on two connections, without ever blocking the event loop for another process's lock. A transaction takes the
 * write lock only at its first change, so that one which hashes a password first holds nobody up meanwhile.
 */
export class SqliteDriver implements Driver {
	readonly #options: SqliteDriverOptions;
	/** The end of the queue for the writer. */
	#queue: Promise<void> = Promise.resolve();

	constructor(options: SqliteDriverOptions) {
		this.#options = options;
	}

	async init(): Promise<void> {}

	async acquireConnection(): Promise<DatabaseConnection> {
		return new SqliteConnection(this.#options, () => this.#enterQueue());
	}

	async beginTransaction(connection: DatabaseConnection): Promise<void> {
		ours(connection).begin();
	}

	async commitTransaction(connection: DatabaseConnection): Promise<void> {
		await ours(connection).end("COMMIT");
	}

	async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		await ours(connection).end("ROLLBACK");
	}

	async releaseConnection(): Promise<void> {}

	/** Whoever opened the connections closes them. */
	async destroy(): Promise<void> {}

	/** Waits for those before, and returns what lets the next one in. */
	async #enterQueue(): Promise<() => void> {
		const before = this.#queue;
		let leave = () => {};
		this.#queue = new Promise((resolve) => (leave = resolve));
		await before;
		return leave;
	}
}

class SqliteConnection implements DatabaseConnection {
	readonly #options: SqliteDriverOptions;
	readonly #enterQueue: () => Promise<() => void>;
	#inTransaction = false;
	/** Set while this connection holds the writer with a transaction open on it. */
	#leaveQueue: (() => void) | undefined;

	constructor(options: SqliteDriverOptions, enterQueue: () => Promise<() => void>) {
		this.#options = options;
		this.#enterQueue = enterQueue;
	}

	begin(): void {
		this.#inTransaction = true;
	}

	async end(how: "COMMIT" | "ROLLBACK"): Promise<void> {
		this.#inTransaction = false;
		if (this.#leaveQueue === undefined) return;
		const { writer } = this.#options;
		try {
			if (writer.inTransaction) await this.#patiently(() => writer.exec(how));
		} finally {
			if (writer.inTransaction) writer.exec("ROLLBACK");
			this.#leaveQueue();
			this.#leaveQueue = undefined;
		}
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const { writer, reader } = this.#options;
		if (this.#leaveQueue !== undefined) return this.#patiently(() => run<R>(writer, query));
		if (SelectQueryNode.is(query.query)) return this.#patiently(() => run<R>(reader, query));
		const askedAt = performance.now();
		const leaveQueue = await this.#enterQueue();
		try {
			if (!this.#inTransaction) return await this.#patiently(() => run<R>(writer, query), askedAt);
			await this.#patiently(() => writer.exec("BEGIN IMMEDIATE"), askedAt);
			this.#leaveQueue = leaveQueue;
		} finally {
			if (this.#leaveQueue === undefined) leaveQueue();
		}
		return this.#patiently(() => run<R>(writer, query));
	}

	async *streamQuery(): AsyncIterableIterator<never> {
		throw new Error("Streaming is not supported here: read the whole answer.");
	}

	async #patiently<T>(act: () => T, askedAt = performance.now()): Promise<T> {
		for (;;) {
			try {
				return act();
			} catch (error) {
				if (!isBusy(error) || performance.now() - askedAt > PATIENCE_MS) throw this.#options.translate(error);
				await sleep(RETRY_EVERY_MS);
			}
		}
	}
}

function ours(connection: DatabaseConnection): SqliteConnection {
	if (connection instanceof SqliteConnection) return connection;
	throw new TypeError("Kysely gave a connection back that this driver never made.");
}

function run<R>(db: SqliteDatabase, { sql, parameters }: CompiledQuery): QueryResult<R> {
	const statement = db.prepare<unknown[], R>(sql);
	if (statement.reader) return { rows: statement.all(...parameters) };
	const { changes, lastInsertRowid } = statement.run(...parameters);
	return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
}
