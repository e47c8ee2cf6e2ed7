import { RETIREMENT_MAX_DAYS } from "../../../shared/limits.ts";
import type { RetirementState, WaitingFor } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import { SILENT_STRETCHES } from "../usage/stretches.ts";

/** How long a use that says nothing about its server, or about its silence, keeps a key. */
export const REMEMBERED_MS = 14 * 24 * 3_600_000;
/** Older retirements ask a person. */
export const MAX_AGE_MS = RETIREMENT_MAX_DAYS * 24 * 3_600_000;

/** What is known of a key and of the keys that replace it. Times are in milliseconds. */
export interface RotationFacts {
	now: number;
	/** The game's last use. */
	lastUsedAt: number | null;
	/** The last use that named no game server. */
	lastWithoutServerAt: number | null;
	/** When there were more places than are kept. */
	placesDroppedAt: number | null;
	/** Those that used it in the last 14 days. */
	places: readonly OldPlace[];
	/** Its live servers. */
	live: readonly LiveServers[];
	/** The greatest version of each place that used an active key which replaces it. */
	newVersions: ReadonlyMap<number, number>;
	/** A key that replaces it is active. */
	isReplaced: boolean;
	/** Stretches of silence counted. */
	silent: number;
}

export interface OldPlace {
	placeId: number;
	/** The greatest that used the key. */
	version: number;
	lastSeenAt: number;
	/** The last use that promised no heartbeat. */
	withoutHeartbeatAt: number | null;
}

/** Live servers of one version of a place. */
export interface LiveServers {
	placeId: number;
	version: number;
	servers: number;
	lastSeenAt: number;
}

/** Why the key may not be revoked yet. Empty: no server needs it. */
export function waitsFor(facts: RotationFacts): WaitingFor[] {
	const { now, lastUsedAt, lastWithoutServerAt, placesDroppedAt, live, silent, isReplaced } = facts;
	const isRecent = (at: number | null) => at !== null && at > now - REMEMBERED_MS;
	const waiting = live.map(({ placeId, version, servers, lastSeenAt }) =>
		entry("in_use", { placeId, version, servers, lastSeenAt }),
	);
	for (const place of facts.places) waiting.push(...placeWaitsFor(place, facts));
	if (!isReplaced) waiting.push(entry("no_newer_version", {}));
	if (isRecent(lastWithoutServerAt)) waiting.push(entry("no_server_headers", { lastSeenAt: lastWithoutServerAt }));
	if (isRecent(placesDroppedAt)) waiting.push(entry("too_many_places", { lastSeenAt: placesDroppedAt }));
	if (live.length === 0 && silent < SILENT_STRETCHES) waiting.push(entry("silence", { lastSeenAt: lastUsedAt }));
	return waiting;
}

function placeWaitsFor(place: OldPlace, { now, live, newVersions }: RotationFacts): WaitingFor[] {
	const { placeId, version, withoutHeartbeatAt } = place;
	const own = live.filter((each) => each.placeId === placeId);
	const servers = own.reduce((sum, each) => sum + each.servers, 0);
	const newest = newVersions.get(placeId) ?? -1;
	const waiting: WaitingFor[] = [];
	if (newest <= version) {
		const code = newest === version ? "same_version" : "no_newer_version";
		waiting.push(entry(code, { placeId, version, servers, lastSeenAt: place.lastSeenAt }));
	}
	if (withoutHeartbeatAt !== null && withoutHeartbeatAt > now - REMEMBERED_MS)
		waiting.push(entry("no_heartbeat", { placeId, version, servers, lastSeenAt: withoutHeartbeatAt }));
	return waiting;
}

interface EntryDetails {
	placeId?: number;
	version?: number;
	servers?: number;
	lastSeenAt?: number | null;
}

function entry(
	code: WaitingFor["code"],
	{ placeId, version, servers = 0, lastSeenAt = null }: EntryDetails,
): WaitingFor {
	return {
		code,
		placeId: placeId === undefined ? null : String(placeId),
		placeVersion: version ?? null,
		servers,
		lastSeenAt: isoTime(lastSeenAt),
	};
}

/**
 * Whether a retirement goes on by itself. It asks a person after seven days, where it cannot judge the places, and where
 * nothing is left but places that were not published anew: they may never be.
 * @param since when it began, in milliseconds
 */
export function stateOf(
	waiting: readonly WaitingFor[],
	{ since, now }: { since: number; now: number },
): RetirementState {
	if (now - since > MAX_AGE_MS) return "asking";
	if (waiting.some(({ code }) => code === "too_many_places")) return "asking";
	const onlyUnpublished = waiting.length > 0 && waiting.every(({ code }) => code === "no_newer_version");
	return onlyUnpublished ? "asking" : "waiting";
}
