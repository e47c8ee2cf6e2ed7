import type { Clock } from "../../../../server/clock.ts";
import type { Storage } from "../../../../server/storage/storage.ts";

export interface OpenOptions {
	clock?: Clock;
	runTwice?: boolean;
}

/** One database of an engine, for one test. Everything is closed and removed when the test ends. */
export interface TestDatabase {
	/** Opens it as another process would, each time. */
	open(options?: OpenOptions): Promise<Storage>;
	/** A scan that takes 200 ms. */
	scanSlowly(storage: Storage): Promise<void>;
	/** Another process starts a write and holds the lock until released. */
	lock(): Promise<{ release(): Promise<void> }>;
	/** Simulates a full disk for this storage. */
	fill(storage: Storage): Promise<void>;
	makeReadOnly(storage: Storage): Promise<void>;
	/** Simulates a migration by a newer version of the server. */
	makeNewer(): Promise<void>;
	/**
	 * Runs a migration whose second statement fails.
	 * @returns the tables afterwards
	 */
	migrateHalfway(): Promise<string[]>;
}

export interface Engine {
	name: string;
	/** Whether look-ups under way at once share statements. */
	sharesLookUps: boolean;
	create(): Promise<TestDatabase>;
}
