import type { Key } from "../../../../shared/wire.ts";

export interface HistoryKey {
	id: string;
	/** Null where requests are counted without being authenticated. */
	secret: string | null;
}

export interface Outcome {
	isRevoked: boolean;
	isRetiring: boolean;
	examinedAt: number | null;
}

/** So that a seed gives the same history at any time. */
export const BEGINS_AT = Date.UTC(2030, 0, 1, 12);

/** In SQL, by a key's id. */
export const OUTCOME = `SELECT k.revoked_at AS "revokedAt", r.state, r.examined_at AS "examinedAt"
	FROM api_key AS k LEFT JOIN retirement AS r ON r.key_id = k.id WHERE k.id = ?`;

export interface OutcomeRow {
	revokedAt: number | null;
	state: string | null;
	examinedAt: number | null;
}

export function outcomeOf(row: OutcomeRow | undefined): Outcome {
	if (row === undefined) throw new Error("A key is missing.");
	return { isRevoked: row.revokedAt !== null, isRetiring: row.state !== null, examinedAt: row.examinedAt };
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
	/** Whether it has revoked the key; otherwise when it last looked. */
	outcome(key: HistoryKey): Outcome;
	/** What people see, by id. */
	look(keys: readonly HistoryKey[]): Promise<Map<string, Key>>;
}

/** What is tested: backends on one database, and one clock. */
export interface Product {
	clock: { advance(seconds: number): void; set(milliseconds: number): void; now(): number; monotonic(): number };
	/** @param name as of a server that starts again */
	start(name: string): Promise<HistoryBackend>;
	close(): Promise<void>;
}
