import type { Key } from "../../../shared/wire.ts";

/** Of a key that is being replaced: how far that is. */
export function replacementText({ state, liveServers, lastServerAt, replacedBy, retirement }: Key): string | undefined {
	if (state !== "active") return undefined;
	// Others may be silent.
	const count = liveServers === 1 ? "1 server" : `${liveServers || "no live"} servers`;
	if (retirement !== null) {
		if (liveServers === 0 && retirement.waitingFor.length === 0) return "safe to revoke";
		return retirement.state === "asking" ? `your decision: ${count} left` : `retiring: ${count} left`;
	}
	if (replacedBy === null || lastServerAt === null) return undefined;
	return liveServers === 0 ? `${count} on this key` : `${count} still on this key`;
}
