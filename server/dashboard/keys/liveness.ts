import type { Key } from "../../../shared/wire.ts";
import { usedAt } from "./used-at.ts";

const ALIVE_MS = 60 * 60 * 1000;

/** `live`: used within the hour, or by servers that run. `superseded`: the same, although a newer key replaces it. `idle`: neither. */
export type Liveness = "live" | "superseded" | "idle";

export function liveness(key: Key, now: number): Liveness {
	const at = usedAt(key);
	if (key.state !== "active" || at === undefined) return "idle";
	if (key.liveServers === 0 && now - Date.parse(at) > ALIVE_MS) return "idle";
	return key.replacedBy === null ? "live" : "superseded";
}
