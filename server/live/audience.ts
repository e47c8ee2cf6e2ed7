import type { Listener } from "./listener.ts";
import type { FollowedWorkspace, LatestUse, LatestUses } from "./uses.store.ts";

/** Processes flush at different times, so each poll looks back this far. */
const FLUSH_SKEW_MS = 15_000;

interface Seen {
	/** Earlier uses have already been reported. In milliseconds. */
	since: number;
	/** The marks of uses since then, by key id. */
	marks: ReadonlyMap<string, number>;
}

const NONE_SEEN: Seen = { since: 0, marks: new Map() };

/** The listeners of a workspace, with the key uses already reported to them. */
export class Audience {
	readonly workspaceId: string;
	readonly listeners = new Set<Listener>();
	#used: Seen;
	#refused: Seen;
	#closed: Seen;

	/** Uses in `before` are not reported. */
	constructor(workspaceId: string, before: LatestUses) {
		this.workspaceId = workspaceId;
		this.#used = after(NONE_SEEN, before.used, before);
		this.#refused = after(NONE_SEEN, before.refused, before);
		this.#closed = after(NONE_SEEN, before.closed, before);
	}

	get followed(): FollowedWorkspace {
		return {
			workspaceId: this.workspaceId,
			usedSince: this.#used.since,
			refusedSince: this.#refused.since,
			closedSince: this.#closed.since,
		};
	}

	/** How many uses the next poll will probably find again. */
	get expectedUses(): number {
		return this.#used.marks.size + this.#refused.marks.size + this.#closed.marks.size;
	}

	/** Updates the known uses. Returns the ids of keys with new ones. */
	update(latest: LatestUses): string[] {
		const { used, refused, closed } = latest;
		const ids = new Set([
			...newUses(this.#used, used),
			...newUses(this.#refused, refused),
			...newUses(this.#closed, closed),
		]);
		this.#used = after(this.#used, used, latest);
		this.#refused = after(this.#refused, refused, latest);
		this.#closed = after(this.#closed, closed, latest);
		return [...ids];
	}
}

function newUses({ marks }: Seen, uses: LatestUse[]): string[] {
	return uses.filter(({ keyId, mark }) => marks.get(keyId) !== mark).map(({ keyId }) => keyId);
}

function after({ since }: Seen, uses: LatestUse[], { loggedSince = Infinity }: Pick<LatestUses, "loggedSince">): Seen {
	const latest = Math.max(0, ...uses.map(({ at }) => at));
	return {
		since: Math.max(since, Math.min(latest - FLUSH_SKEW_MS, loggedSince)),
		marks: new Map(uses.map(({ keyId, mark }) => [keyId, mark])),
	};
}
