/** What happened to one key in one minute since the last flush. Times in milliseconds. */
export interface UsageEntry {
	keyId: string;
	/** Minutes since 1970. */
	minute: number;
	accepted: number;
	/** Presented after its revocation. */
	refused: number;
	lastUsedAt: number | null;
	lastRefusedAt: number | null;
	firstServerAt: number | null;
	lastServerAt: number | null;
}

const MINUTE_MS = 60_000;
const MINUTES_AN_HOUR = 60;
const MINUTES_A_SPAN = 10;

export function minuteOf(milliseconds: number): number {
	return Math.floor(milliseconds / MINUTE_MS);
}

export function hourOf(milliseconds: number): number {
	return hourOfMinute(minuteOf(milliseconds));
}

export function hourOfMinute(minute: number): number {
	return Math.floor(minute / MINUTES_AN_HOUR);
}

/** The ten minutes that `key_minute` keeps together. */
export function spanOfMinute(minute: number): number {
	return Math.floor(minute / MINUTES_A_SPAN);
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
	};
}

/** Adds what happened to the same key; of two minutes the later one stands for both. */
export function addEntry(to: UsageEntry, other: UsageEntry): void {
	to.minute = Math.max(to.minute, other.minute);
	to.accepted += other.accepted;
	to.refused += other.refused;
	to.lastUsedAt = latest(to.lastUsedAt, other.lastUsedAt);
	to.lastRefusedAt = latest(to.lastRefusedAt, other.lastRefusedAt);
	to.lastServerAt = latest(to.lastServerAt, other.lastServerAt);
	if (to.firstServerAt === null || (other.firstServerAt !== null && other.firstServerAt < to.firstServerAt)) {
		to.firstServerAt = other.firstServerAt;
	}
}

function latest(one: number | null, other: number | null): number | null {
	if (one === null || other === null) return one ?? other;
	return Math.max(one, other);
}
