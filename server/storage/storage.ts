import type { Kysely } from "kysely";

import type { StoreFunction } from "./database.ts";

/** `high`: seals and revocations go first. `low`: what no request waits for. */
export type Priority = "high" | "normal" | "low";

export interface ScanOptions {
	/** Accounts take turns. Absent: the server's own. */
	account?: string;
	/** Aborted before its turn: the scan is never started. */
	signal?: AbortSignal;
	/** At most this many of the account's limited scans may wait; absent: not limited. */
	mostWaiting?: number;
}

export interface Freshness {
	/**
	 * Resolves after a look at the database that began after the call. All calls made before a look begins share it.
	 * @throws StorageError
	 */
	check(): Promise<void>;
	/** As the last look saw it: another one means that answers about keys may have changed. Hex. */
	readonly epoch: string;
}

export interface StatementsOptions {
	/** What the library is to see of a failed statement. */
	translate: (error: unknown) => unknown;
}

/** The one way to the database. Every method rejects with StorageError, or with what the store function threw. */
export interface Storage {
	/** One transaction, durable once it resolves. It may run more than once. */
	write<Args, Answer>(
		store: StoreFunction<Args, Answer>,
		args: Args,
		options?: { priority?: Priority },
	): Promise<Answer>;
	/** Lists and searches: one snapshot, away from the thread that answers games. */
	scan<Args, Answer>(store: StoreFunction<Args, Answer>, args: Args, options?: ScanOptions): Promise<Answer>;
	/** One row by one statement. @throws TypeError for more */
	read<Args, Answer>(store: StoreFunction<Args, Answer>, args: Args): Promise<Answer>;
	/** Calls `listener` soon after anybody's commits. Returns a function that unsubscribes. */
	onCommit(listener: () => void): () => void;
	readonly freshness: Freshness;
	/** For libraries that bring their own SQL: each statement is a read, or a write of its own. */
	statements(options: StatementsOptions): Kysely<unknown>;
	/** The wall clock, but never earlier than the greatest time seen. Milliseconds. */
	now(): number;
	/** Once what was asked for has been done. */
	close(): Promise<void>;
}
