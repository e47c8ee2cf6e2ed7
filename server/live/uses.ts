import type { KeyUse } from "../../shared/wire.ts";
import type { Audience } from "./audience.ts";
import type { LatestUses } from "./uses.store.ts";

/** Uses are flushed every two seconds, and polling them costs more than polling changes. */
const POLL_INTERVAL_MS = 500;
/** The rest waits for the next poll. */
const MAX_USES_PER_POLL = 2_000;
const MAX_FIGURES_PER_POLL = 200;

/** What a poll reads. */
export interface UsesRequest {
	audiences: Audience[];
	/** Keys to read figures of, with their audience. */
	figures: ReadonlyMap<string, Audience>;
}

/** Spreads reading uses and their figures over several polls, so that none takes long. */
export function createUses() {
	let isStale = false;
	let beganAt = -Infinity;
	/** Audiences whose uses have not been read yet. */
	let unread: Audience[] = [];
	/** Keys whose figures have not been read yet. */
	const pendingFigures = new Map<string, Audience>();

	/** As many as will probably yield the maximum of uses. */
	function firstUnread(): Audience[] {
		let expected = 0;
		return unread.filter(({ expectedUses }) => {
			const isRoom = expected < MAX_USES_PER_POLL;
			expected += 1 + expectedUses;
			return isRoom;
		});
	}

	return {
		/** Keys may have been used. */
		markStale(): void {
			isStale = true;
		},
		/** What to read next; the same until its result is applied. `at`: monotonic milliseconds. */
		next(at: number, audiences: Iterable<Audience>): UsesRequest {
			if (isStale && unread.length === 0 && at - beganAt >= POLL_INTERVAL_MS) {
				isStale = false;
				beganAt = at;
				unread = [...audiences];
			}
			return { audiences: firstUnread(), figures: new Map([...pendingFigures].slice(0, MAX_FIGURES_PER_POLL)) };
		},
		/** Passes a result on to the listeners, and queues what is left to read. */
		apply({ audiences, figures }: UsesRequest, latest: LatestUses, uses: KeyUse[]): void {
			const used = Object.groupBy(latest.used, ({ workspaceId }) => workspaceId);
			const refused = Object.groupBy(latest.refused, ({ workspaceId }) => workspaceId);
			const closed = Object.groupBy(latest.closed, ({ workspaceId }) => workspaceId);
			for (const audience of audiences) {
				const { [audience.workspaceId]: ownUsed = [] } = used;
				const { [audience.workspaceId]: ownRefused = [] } = refused;
				const { [audience.workspaceId]: ownClosed = [] } = closed;
				for (const id of audience.update({ ...latest, used: ownUsed, refused: ownRefused, closed: ownClosed }))
					pendingFigures.set(id, audience);
			}
			unread = unread.slice(audiences.length);
			for (const use of uses) for (const listener of figures.get(use.id)?.listeners ?? []) listener.used([use]);
			for (const id of figures.keys()) pendingFigures.delete(id);
		},
		/** For when there are no listeners left. */
		reset(): void {
			isStale = false;
			unread = [];
			pendingFigures.clear();
		},
	};
}
