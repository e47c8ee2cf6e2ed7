import { earliest, latest } from "./times.ts";

/**
 * A key's use by one game server since the last flush. Where there are more servers than are kept, only by their place.
 * Times are in milliseconds.
 */
export interface ServerUse {
	keyId: string;
	/** Null: of the place only. */
	jobId: string | null;
	/** Null, as the version: only a goodbye, or that something was dropped. */
	placeId: number | null;
	placeVersion: number | null;
	firstSeenAt: number | null;
	lastSeenAt: number | null;
	requests: number;
	/** The last request that promised no heartbeat. */
	withoutHeartbeatAt: number | null;
	goodbyeAt: number | null;
	/** When servers, or places, were more than are kept in memory. */
	serversDroppedAt: number | null;
	placesDroppedAt: number | null;
}

/** Which uses are added up: those of a server, of a place, or what was dropped. */
export function slotOf({ jobId, placeId }: Pick<ServerUse, "jobId" | "placeId">): string {
	return jobId ?? (placeId === null ? "dropped" : `place ${placeId}`);
}

export function emptyUse(keyId: string, jobId: string | null, placeId: number | null): ServerUse {
	return {
		keyId,
		jobId,
		placeId,
		placeVersion: null,
		firstSeenAt: null,
		lastSeenAt: null,
		requests: 0,
		withoutHeartbeatAt: null,
		goodbyeAt: null,
		serversDroppedAt: null,
		placesDroppedAt: null,
	};
}

/** Adds a use of the same slot. A server has the place that it was seen in last. */
export function addUse(to: ServerUse, other: ServerUse): void {
	const isLater = (other.lastSeenAt ?? 0) >= (to.lastSeenAt ?? 0) && other.placeId !== null;
	if (to.jobId === null) to.placeVersion = latest(to.placeVersion, other.placeVersion);
	else if (isLater) {
		to.placeId = other.placeId;
		to.placeVersion = other.placeVersion;
	}
	to.firstSeenAt = earliest(to.firstSeenAt, other.firstSeenAt);
	to.lastSeenAt = latest(to.lastSeenAt, other.lastSeenAt);
	to.requests += other.requests;
	to.withoutHeartbeatAt = latest(to.withoutHeartbeatAt, other.withoutHeartbeatAt);
	to.goodbyeAt = latest(to.goodbyeAt, other.goodbyeAt);
	to.serversDroppedAt = latest(to.serversDroppedAt, other.serversDroppedAt);
	to.placesDroppedAt = latest(to.placesDroppedAt, other.placesDroppedAt);
}

/**
 * Merges uses of the same key and slot, since a statement may write each row only once. In an order of their own, so that
 * servers that write the same rows do not lock each other out.
 */
export function merged(uses: readonly ServerUse[], slot: (use: ServerUse) => string = slotOf): ServerUse[] {
	const slots = new Map<string, ServerUse>();
	for (const use of uses) {
		const name = `${use.keyId} ${slot(use)}`;
		const known = slots.get(name);
		if (known === undefined) slots.set(name, { ...use });
		else addUse(known, use);
	}
	return [...slots].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, use]) => use);
}
