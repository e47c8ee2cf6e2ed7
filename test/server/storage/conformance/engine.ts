import type { Clock } from "../../../../server/clock.ts";
import type { Storage } from "../../../../server/storage/storage.ts";

export interface OpenOptions {
	clock?: Clock;
	runTwice?: boolean;
}

/** One database of an engine, for one test. Everything is closed and removed when the test ends. */
export interface TestDatabase {
	/** As another process would, each time it is called. */
	open(options?: OpenOptions): Promise<Storage>;
	/** Another process begins to write, and holds the lock until told otherwise. */
	lock(): Promise<{ release(): Promise<void> }>;
	/** The storage's disk takes nothing more. */
	fill(storage: Storage): Promise<void>;
	makeReadOnly(storage: Storage): Promise<void>;
	/** A newer version of the server has migrated the database. */
	makeNewer(): Promise<void>;
	/** Migrates, and fails after the first of some statements. @returns the tables that are there afterwards */
	migrateHalfway(): Promise<string[]>;
}

export interface Engine {
	name: string;
	create(): Promise<TestDatabase>;
}
