import type { Listener } from "./listener.ts";
import type { FollowedWorkspace, LatestUse, LatestUses } from "./uses.store.ts";

/** At most this many keys of a workspace are reported at once. */
const MOST_KEYS_AT_ONCE = 200;
/** Processes flush at different times, so look this far back. */
const LATENESS_MS = 15_000;

interface Seen {
	/** Milliseconds. What was used before is known. */
	since: number;
	/** By key, since then. */
	at: ReadonlyMap<string, number>;
}

const NOTHING: Seen = { since: 0, at: new Map() };

/** Those who listen to one workspace, and what is known of the use of its keys. */
export class Audience {
	readonly workspaceId: string;
	readonly listeners = new Set<Listener>();
	#used: Seen;
	#refused: Seen;

	/** What was used before is no news. */
	constructor(workspaceId: string, before: LatestUses) {
		this.workspaceId = workspaceId;
		this.#used = after(NOTHING, before.used);
		this.#refused = after(NOTHING, before.refused);
	}

	get followed(): FollowedWorkspace {
		return { workspaceId: this.workspaceId, usedSince: this.#used.since, refusedSince: this.#refused.since };
	}

	/** How many uses are known, and will probably be found again. */
	get known(): number {
		return this.#used.at.size + this.#refused.at.size;
	}

	/** Takes note of the latest uses. Returns the ids of those keys whose use is news. */
	learn({ used, refused }: LatestUses): string[] {
		const ids = new Set([...news(this.#used, used), ...news(this.#refused, refused)]);
		this.#used = after(this.#used, used);
		this.#refused = after(this.#refused, refused);
		return [...ids].slice(0, MOST_KEYS_AT_ONCE);
	}
}

function news({ at: before }: Seen, uses: LatestUse[]): string[] {
	return uses.filter(({ keyId, at }) => before.get(keyId) !== at).map(({ keyId }) => keyId);
}

function after({ since }: Seen, uses: LatestUse[]): Seen {
	const latest = Math.max(0, ...uses.map(({ at }) => at));
	return { since: Math.max(since, latest - LATENESS_MS), at: new Map(uses.map(({ keyId, at }) => [keyId, at])) };
}
