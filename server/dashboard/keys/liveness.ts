import type { Key } from "../../../shared/wire.ts";

const ALIVE_MS = 60 * 60 * 1000;

/** `live`: used within the hour. `superseded`: that too, though its place has a newer key. `idle`: neither. */
export type Liveness = "live" | "superseded" | "idle";

export function liveness(key: Key, all: readonly Key[], now: number): Liveness {
	if (key.state !== "active" || key.lastUsedAt === null) return "idle";
	if (now - Date.parse(key.lastUsedAt) > ALIVE_MS) return "idle";
	return all.some((other) => replaces(other, key)) ? "superseded" : "live";
}

function replaces(newer: Key, older: Key): boolean {
	const place = older.place?.placeId ?? null;
	if (place === null || newer.place?.placeId !== place) return false;
	return newer.state === "active" && newer.confirmedAt !== null && newer.createdAt > older.createdAt;
}
