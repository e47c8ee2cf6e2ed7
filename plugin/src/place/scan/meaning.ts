import { Meaning } from "./types";

/** The only services whose content players never get. */
const SERVER_ONLY = new Set(["ServerScriptService", "ServerStorage"]);

/** `homeClass`: of the service that the Instance is in. `isOwn`: the managed Script's own key, in its source. */
export function meaningOf(homeClass: string, isOwn: boolean): Meaning {
	if (!SERVER_ONLY.has(homeClass)) return "exposed";
	return isOwn ? "safe" : "server";
}

const SEVERITY: Record<Meaning, number> = { exposed: 1, server: 2, safe: 3 };

/** For sorting, the worst first. */
export function compareMeanings(a: Meaning, b: Meaning): number {
	return SEVERITY[a] - SEVERITY[b];
}
