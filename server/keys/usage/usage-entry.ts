import { latest } from "./times.ts";

/** A key's requests in one minute since the last flush. Times are in milliseconds. */
export interface UsageEntry {
	keyId: string;
	/** Minutes since 1970. */
	minute: number;
	accepted: number;
	/** Requests with the key after it was revoked. */
	refused: number;
	lastUsedAt: number | null;
	lastRefusedAt: number | null;
	firstServerAt: number | null;
	lastServerAt: number | null;
	/** Requests of game servers. */
	fromServers: number;
	/** The last request that named no game server. */
	lastWithoutServerAt: number | null;
}

const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_SPAN = 10;

export function minuteOf(milliseconds: number): number {
	return Math.floor(milliseconds / MINUTE_MS);
}

export function hourOf(milliseconds: number): number {
	return hourOfMinute(minuteOf(milliseconds));
}

export function hourOfMinute(minute: number): number {
	return Math.floor(minute / MINUTES_PER_HOUR);
}

/** The ten-minute span that groups rows of `key_minute`. */
export function spanOfMinute(minute: number): number {
	return Math.floor(minute / MINUTES_PER_SPAN);
}

export function emptyEntry(keyId: string, minute: number): UsageEntry {
	return {
		keyId,
		minute,
		accepted: 0,
		refused: 0,
		lastUsedAt: null,
		lastRefusedAt: null,
		firstServerAt: null,
		lastServerAt: null,
		fromServers: 0,
		lastWithoutServerAt: null,
	};
}

/** Merges an entry of the same key. The result has the later minute. */
export function addEntry(to: UsageEntry, other: UsageEntry): void {
	to.minute = Math.max(to.minute, other.minute);
	to.accepted += other.accepted;
	to.refused += other.refused;
	to.lastUsedAt = latest(to.lastUsedAt, other.lastUsedAt);
	to.lastRefusedAt = latest(to.lastRefusedAt, other.lastRefusedAt);
	to.lastServerAt = latest(to.lastServerAt, other.lastServerAt);
	to.fromServers += other.fromServers;
	to.lastWithoutServerAt = latest(to.lastWithoutServerAt, other.lastWithoutServerAt);
	if (to.firstServerAt === null || (other.firstServerAt !== null && other.firstServerAt < to.firstServerAt)) {
		to.firstServerAt = other.firstServerAt;
	}
}

/** Merges entries of the same group, since a statement may write each row only once. */
export function merged(entries: readonly UsageEntry[], groupOf: (entry: UsageEntry) => string): UsageEntry[] {
	const groups = new Map<string, UsageEntry>();
	for (const entry of entries) {
		const group = groupOf(entry);
		const known = groups.get(group);
		if (known === undefined) groups.set(group, { ...entry });
		else addEntry(known, entry);
	}
	return [...groups.values()];
}
