import type { Key } from "../../../shared/wire.ts";

const ALIVE_MS = 60 * 60 * 1000;

/** `live`: used within the hour. `superseded`: the same, although a newer key replaces it. `idle`: neither. */
export type Liveness = "live" | "superseded" | "idle";

export function liveness(key: Key, now: number): Liveness {
	if (key.state !== "active" || key.lastUsedAt === null) return "idle";
	if (now - Date.parse(key.lastUsedAt) > ALIVE_MS) return "idle";
	return key.replacedBy === null ? "live" : "superseded";
}
