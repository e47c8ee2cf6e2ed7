/** What happened to one key in one hour since the last flush. Times in milliseconds. */
export interface UsageEntry {
	keyId: string;
	/** Hours since 1970. */
	hour: number;
	accepted: number;
	lastUsedAt: number;
	firstServerAt: number | null;
	lastServerAt: number | null;
}

const HOUR_MS = 3_600_000;

export function hourOf(milliseconds: number): number {
	return Math.floor(milliseconds / HOUR_MS);
}

export function minuteOf(milliseconds: number): number {
	return Math.floor(milliseconds / 60_000);
}
