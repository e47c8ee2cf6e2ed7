import type { Key, KeyDetails, VersionServers } from "../../../shared/wire.ts";

/** Versions of places with the most servers; the others are counted. */
const ROWS_SHOWN = 8;

/** Live servers of one version of a place. */
export interface ServerRow {
	placeId: string;
	version: number;
	/** With the page's key. */
	own: number;
	/** With the key that replaces it. */
	next: number;
	lastSeenAt: string;
}

export interface PlaceRows {
	placeId: string;
	/** Latest version first. */
	rows: ServerRow[];
}

/** @param before rows that were shown: their versions stay, at zero, so that they are seen to close */
export function serverRows({ key, servers, rotation }: KeyDetails, before: readonly ServerRow[] = []): ServerRow[] {
	if (key.state === "revoked") return [];
	const rows = new Map(before.map((row) => [nameOf(row.placeId, row.version), { ...row, own: 0, next: 0 }]));
	const add = ({ placeId, placeVersion, live, lastSeenAt }: VersionServers, whose: "own" | "next") => {
		const name = nameOf(placeId, placeVersion);
		const known = rows.get(name);
		if (live === 0 && known === undefined) return;
		const row = known ?? { placeId, version: placeVersion, own: 0, next: 0, lastSeenAt };
		row[whose] = live;
		// Of the old key's servers, if there are any: they are what is waited for.
		if (whose === "own" || row.own === 0) row.lastSeenAt = lastSeenAt;
		rows.set(name, row);
	};
	for (const version of servers.versions) add(version, "own");
	for (const version of rotation?.servers.versions ?? []) add(version, "next");
	return [...rows.values()];
}

const nameOf = (placeId: string, version: number) => `${placeId} ${version}`;

/** The rows to show, by place, the key's own place first. */
export function byPlace(rows: readonly ServerRow[], ownPlaceId: string | undefined): PlaceRows[] {
	const shown = [...rows].sort((one, other) => other.own - one.own || other.next - one.next).slice(0, ROWS_SHOWN);
	shown.sort((one, other) => other.version - one.version);
	const isOther = (placeId: string) => Number(placeId !== ownPlaceId);
	return [...new Set(shown.map(({ placeId }) => placeId))]
		.map((placeId) => ({ placeId, rows: shown.filter((row) => row.placeId === placeId) }))
		.sort((one, other) => isOther(one.placeId) - isOther(other.placeId) || Number(one.placeId) - Number(other.placeId));
}

/** What people call a place: its name where a key says it, else its id. */
export function placeName(placeId: string | null, keys: readonly (Key | null | undefined)[]): string {
	return knownName(placeId, keys) ?? (placeId === null ? "the place" : `place ${placeId}`);
}

/** The same, where it begins a line. */
export function placeTitle(placeId: string | null, keys: readonly (Key | null | undefined)[]): string {
	return knownName(placeId, keys) ?? (placeId === null ? "The place" : `Place ${placeId}`);
}

function knownName(placeId: string | null, keys: readonly (Key | null | undefined)[]): string | undefined {
	return keys.map((key) => key?.place).find((each) => each?.placeId === placeId && each.name)?.name ?? undefined;
}
