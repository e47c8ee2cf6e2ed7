import type { Key, KeyDetails } from "../../../shared/wire.ts";

/** So long after its last use, a key whose successor is in use counts as at rest. */
const QUIET_MS = 60 * 60 * 1000;

/**
 * How far a rotation is, by nothing but what the backend has seen: when the new key came into the script, when a game
 * server first sent it, and when the old one was last used.
 */
export interface Rotation {
	old: Key;
	next: Key | undefined;
	/** The new key's first use: from Studio its installation, else a request of a game. */
	inScript: boolean;
	/** A game server has presented the new key. */
	published: boolean;
	/** The old key: still used, at rest so that nothing stops without it, or revoked. */
	oldKey: "used" | "quiet" | "revoked";
	/** The new key does the old one's work, and nothing stops without the old one. */
	ready: boolean;
}

export function rotationOf({ key: old, replacement }: KeyDetails, now: number): Rotation {
	const next = replacement?.state === "active" ? replacement : undefined;
	const inScript = next !== undefined && (next.origin === "studio" ? next.confirmedAt : next.lastUsedAt) !== null;
	const published = next !== undefined && next.firstServerAt !== null;
	const oldKey = old.state === "revoked" ? "revoked" : isQuiet(old, now) ? "quiet" : "used";
	const inUse = next !== undefined && next.lastUsedAt !== null;
	// A key that no game server ever sent is used by something else, which publishes nothing.
	const takenOver = old.lastUsedAt === null || published || (old.firstServerAt === null && inUse);
	return { old, next, inScript, published, oldKey, ready: next !== undefined && oldKey === "quiet" && takenOver };
}

export function isQuiet(key: Key, now: number): boolean {
	return key.lastUsedAt === null || now - Date.parse(key.lastUsedAt) >= QUIET_MS;
}

/** The first step that is not done, 1 to 4, or 5 once all are. */
export function currentStep({ next, inScript, published, oldKey }: Rotation): number {
	return [next !== undefined, inScript, published, oldKey === "revoked", false].indexOf(false) + 1;
}
