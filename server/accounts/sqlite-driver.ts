import { setTimeout as sleep } from "node:timers/promises";
import { type CompiledQuery, type DatabaseConnection, type Driver, type QueryResult, SelectQueryNode } from "kysely";
import type { SqliteDatabase } from "../storage/open-database.ts";
import { isBusy } from "../storage/storage.ts";

/** Together three seconds. */
const RETRIES = 200;
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
		(connection as SqliteConnection).begin();
	}

	async commitTransaction(connection: DatabaseConnection): Promise<void> {
		await (connection as SqliteConnection).end("COMMIT");
	}

	async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		await (connection as SqliteConnection).end("ROLLBACK");
	}

	async releaseConnection(): Promise<void> {}

	/** Whoever opened the connections closes them. */
	async destroy(): Promise<void> {}

	/** Waits for those before, and returns what lets the next one in. */
	async #enterQueue(): Promise<() => void> {
		const before = this.#queue;
		const { promise, resolve } = Promise.withResolvers<void>();
		this.#queue = promise;
		await before;
		return resolve;
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
		const leaveQueue = await this.#enterQueue();
		try {
			if (!this.#inTransaction) return await this.#patiently(() => run<R>(writer, query));
			await this.#patiently(() => writer.exec("BEGIN IMMEDIATE"));
			this.#leaveQueue = leaveQueue;
		} finally {
			if (this.#leaveQueue === undefined) leaveQueue();
		}
		return this.#patiently(() => run<R>(writer, query));
	}

	// eslint-disable-next-line require-yield -- Kysely demands the method; Better Auth reads everything at once.
	async *streamQuery(): AsyncIterableIterator<never> {
		throw new Error("Streaming is not supported here: read the whole answer.");
	}

	async #patiently<T>(act: () => T): Promise<T> {
		for (let retries = 0; ; retries++) {
			try {
				return act();
			} catch (error) {
				if (!isBusy(error) || retries === RETRIES) throw this.#options.translate(error);
				await sleep(RETRY_EVERY_MS);
			}
		}
	}
}

function run<R>(db: SqliteDatabase, { sql, parameters }: CompiledQuery): QueryResult<R> {
	const statement = db.prepare<unknown[], R>(sql);
	if (statement.reader) return { rows: statement.all(...parameters) };
	const { changes, lastInsertRowid } = statement.run(...parameters);
	return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
}
