import type { Key, KeyDetails, ServerSummary, WaitingFor } from "../../../shared/wire.ts";
import { usedAt } from "../keys/used-at.ts";

/** How far a rotation is, by what the server has seen. */
export interface RotationPath {
	old: Key;
	/** The key that replaces it, while active. */
	next: Key | undefined;
	/** The new key was used: by the plugin on installation, or else by a request of anything. */
	isInScript: boolean;
	/** A game server sent the new key, and no place is left to publish. */
	isPublished: boolean;
	/** No server needs the old key. */
	isSafe: boolean;
	/** Revoking cuts off no server, and waiting may never end. */
	isLeftToPerson: boolean;
	isRevoked: boolean;
	/** What keeps it from being safe. */
	waitingFor: WaitingFor[];
	/** Of `SILENCE_MINUTES`. */
	silentMinutes: number;
}

export function pathOf({ key: old, replacement, rotation, servers }: KeyDetails): RotationPath {
	const next = replacement?.state === "active" ? replacement : undefined;
	const isRevoked = old.state === "revoked";
	const waitingFor = isRevoked ? [] : (rotation?.waitingFor ?? old.retirement?.waitingFor ?? []);
	const isUnpublished = waitingFor.some(({ code }) => code === "no_newer_version");
	const isSafe = isRevoked || (rotation !== null && waitingFor.length === 0);
	return {
		old,
		next,
		isInScript: next !== undefined && (next.origin === "studio" ? next.confirmedAt !== null : isUsed(next)),
		isPublished: next !== undefined && next.firstServerAt !== null && !isUnpublished,
		isSafe,
		isLeftToPerson: isSafe || isOnlyUnpublished(waitingFor, servers),
		isRevoked,
		waitingFor,
		silentMinutes: rotation?.silentMinutes ?? 0,
	};
}

/** All servers have said goodbye, or been silent for long: one that is not heard from for minutes may come back. */
function isOnlyUnpublished(waitingFor: readonly WaitingFor[], { versions }: ServerSummary): boolean {
	const codes = new Set(waitingFor.map(({ code }) => code));
	if (codes.has("silence") && versions.some(({ silent }) => silent > 0)) return false;
	codes.delete("silence");
	return codes.size === 1 && codes.has("same_version");
}

export function isUsed(key: Key): boolean {
	return usedAt(key) !== undefined;
}

/** The first step not done, 1 to 5, or 6 once all are. */
export function currentStep({ next, isInScript, isPublished, isSafe, isRevoked }: RotationPath): number {
	return [next !== undefined, isInScript, isPublished, isSafe, isRevoked, false].indexOf(false) + 1;
}
