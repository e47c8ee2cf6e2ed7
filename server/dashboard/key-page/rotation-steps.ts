import type { Key, KeyDetails } from "../../../shared/wire.ts";
import { usedAt } from "../keys/used-at.ts";

/** A replaced key that has not been used for this long counts as quiet. */
const QUIET_MS = 60 * 60 * 1000;

/**
 * The progress of a rotation, by what the server has seen: when the new key arrived in the script, when a game server
 * first sent it, and when the old one was last used.
 */
export interface Rotation {
	old: Key;
	next: Key | undefined;
	/** The new key has been used: by the plugin on installation, or else by a request of anything. */
	inScript: boolean;
	/** A game server has sent the new key. */
	published: boolean;
	/** The old key: in use, quiet (nothing depends on it), or revoked. */
	oldKey: "used" | "quiet" | "revoked";
	/** The new key has taken over, and the old one can be deleted. */
	ready: boolean;
}

export function rotationOf({ key: old, replacement }: KeyDetails, now: number): Rotation {
	const next = replacement?.state === "active" ? replacement : undefined;
	const inScript = next !== undefined && (next.origin === "studio" ? next.confirmedAt !== null : isUsed(next));
	const published = next !== undefined && next.firstServerAt !== null;
	const oldKey = old.state === "revoked" ? "revoked" : isQuiet(old, now) ? "quiet" : "used";
	const inUse = next !== undefined && (old.lastUsedAt === null ? isUsed(next) : next.lastUsedAt !== null);
	// A key never sent by a game server is used by something else, which does not get published.
	const takenOver = !isUsed(old) || published || (old.firstServerAt === null && inUse);
	return { old, next, inScript, published, oldKey, ready: next !== undefined && oldKey === "quiet" && takenOver };
}

/** Nothing has used it for a while: no game, no playtest, and not the plugin. */
export function isQuiet(key: Key, now: number): boolean {
	return isBefore(usedAt(key), now);
}

/** No game has used it for a while. */
export function isQuietInGames(key: Key, now: number): boolean {
	return isBefore(key.lastUsedAt ?? undefined, now);
}

export function isUsed(key: Key): boolean {
	return usedAt(key) !== undefined;
}

function isBefore(at: string | undefined, now: number): boolean {
	return at === undefined || now - Date.parse(at) >= QUIET_MS;
}

/** The first step not done, 1 to 4, or 5 once all are. */
export function currentStep({ next, inScript, published, oldKey }: Rotation): number {
	return [next !== undefined, inScript, published, oldKey === "revoked", false].indexOf(false) + 1;
}
