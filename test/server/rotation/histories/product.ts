import type { Key } from "../../../../shared/wire.ts";

export interface HistoryKey {
	id: string;
	/** Null where requests are counted without being authenticated. */
	secret: string | null;
}

/** A backend on the history's database. */
export interface HistoryBackend {
	/** The time in use. */
	now(): number;
	/** Counts a request as whoami does. False: the key was refused. */
	request(key: HistoryKey, headers: Record<string, string>): Promise<boolean>;
	/** Writes what it counted. */
	flush(): Promise<void>;
	/** Shuts down. */
	stop(): Promise<void>;
	/** Ends without writing anything. */
	kill(): Promise<void>;
	createKey(replaces: HistoryKey | null): Promise<HistoryKey>;
	revoke(key: HistoryKey): Promise<void>;
	retire(key: HistoryKey, by: HistoryKey): Promise<void>;
	keep(key: HistoryKey): Promise<void>;
	/** The janitor looks at retirements. */
	examine(): Promise<void>;
	/** When it last looked at this one, and left it. */
	examinedAt(key: HistoryKey): number | undefined;
	/** What people see, by id. */
	look(keys: readonly HistoryKey[]): Promise<Map<string, Key>>;
}

/** What is tested: backends on one database, and one clock. */
export interface Product {
	clock: { advance(seconds: number): void; set(milliseconds: number): void; now(): number; monotonic(): number };
	/** @param name as of a server that starts again */
	start(name: string): Promise<HistoryBackend>;
}
