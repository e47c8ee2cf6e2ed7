import type { Kysely } from "kysely";

import type { StoreFunction } from "./database.ts";
import type { LookUp } from "./look-up.ts";
import type { Timekeeper } from "./timekeeper.ts";

/** `high`: seals and revocations, which go first. `low`: work that no request waits for. */
export type Priority = "high" | "normal" | "low";

export interface WriteOptions {
	/** Default: normal. */
	priority?: Priority;
	/**
	 * It goes on when the disk is almost full, as writes of high and low priority do. For what ends or revokes something, and
	 * for signing in and out.
	 */
	reserve?: boolean;
	/** It only adds to what is there, so that its order among other writes makes no difference. */
	additive?: boolean;
}

export interface ScanOptions {
	/** Accounts take turns. Default: the server itself. */
	account?: string;
	/** If aborted before its turn, the scan never starts. */
	signal?: AbortSignal;
	/** How many of the account's limited scans may wait. Default: no limit. */
	maxWaiting?: number;
}

/** Without a promise where there is nothing to wait for: it would cost games more than the work does. */
export type Eventually<Result> = Result | Promise<Result>;

export interface Freshness {
	/**
	 * Resolves after a check of the database that began after the call. All calls before a check begins share it.
	 * @throws StorageError
	 */
	check(): Promise<void>;
	/** The same for games, without a promise. `done` must not throw; it gets the StorageError if the check failed. */
	afterCheck(done: (failure?: Error) => void): void;
	/** The epoch in the last check, in hex. When it changes, cached keys may be stale. */
	readonly epoch: string;
	/** Changes when what is cached must be dropped, although the epoch may be the same. */
	readonly generation: number;
}

export interface StatementsOptions {
	/** Converts a failed statement's error for the library. */
	translate: (error: unknown) => unknown;
}

/** A number that is read for each scrape of the metrics. */
export interface Metric {
	/** What only grows is a counter, and its name ends in `_total`. */
	kind: "gauge" | "counter";
	name: string;
	help: string;
	read: () => number;
	/** How a gauge's values in several processes make one. Default: the greatest counts. */
	combine?: "sum" | "min" | "max";
}

/** The only access to the database. Every method rejects with StorageError, or with what the store function threw. */
export interface Storage {
	/** One transaction, durable once it resolves. It may run more than once. */
	write<Args, Result>(store: StoreFunction<Args, Result>, args: Args, options?: WriteOptions): Promise<Result>;
	/** Lists and searches: one snapshot, outside the thread that serves games. */
	scan<Args, Result>(store: StoreFunction<Args, Result>, args: Args, options?: ScanOptions): Promise<Result>;
	/**
	 * The same, but resolves with the result as JSON in UTF-8, from the thread that scans. For what is long and sent as it
	 * is: the thread that serves games would spend a millisecond on each.
	 */
	scanJson<Args>(store: StoreFunction<Args, object>, args: Args, options?: ScanOptions): Promise<Uint8Array>;
	/**
	 * One row by one statement.
	 * @throws TypeError for more
	 */
	read<Args, Result>(store: StoreFunction<Args, Result>, args: Args): Promise<Result>;
	/**
	 * What is found by this key: at once on SQLite. On PostgreSQL calls share a statement, which begins after each of them.
	 * @throws StorageError, or rejects with it
	 */
	lookUp<Row extends object, Found>(lookUp: LookUp<Row, Found>, key: string): Eventually<Found | undefined>;
	/** Whether this process is the one that does what one process is enough for. Two may be, for a moment. */
	isLeader(): Promise<boolean>;
	/** Calls `listener` soon after any process commits. Returns a function that unsubscribes. */
	onCommit(listener: () => void): () => void;
	readonly freshness: Freshness;
	/** For libraries that bring their own SQL: each statement is a separate read or write. */
	statements(options: StatementsOptions): Kysely<unknown>;
	/** The time in use, in milliseconds: the wall clock as far as it is believed. Never earlier than any time stored. */
	now(): number;
	readonly timekeeper: Timekeeper;
	/** What only the engine knows. */
	readonly metrics: readonly Metric[];
	/** Closes once pending work is done. */
	close(): Promise<void>;
}
