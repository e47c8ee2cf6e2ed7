import type { KeyUse } from "../../shared/wire.ts";
import type { Audience } from "./audience.ts";
import type { LatestUses } from "./uses.store.ts";

/** Uses are written every two seconds; looking for them costs more than looking for changes. */
const LOOK_EVERY_MS = 500;
/** For one look; the rest is for the next. */
const MOST_USES_AT_ONCE = 2_000;
const MOST_FIGURES_AT_ONCE = 200;

/** What one look asks for. */
export interface UseQuestion {
	audiences: Audience[];
	/** By key. */
	figures: ReadonlyMap<string, Audience>;
}

/** In what order uses are looked for, and their figures read: some in each look, so that none takes long. */
export function createUses() {
	let isStale = false;
	let beganAt = -Infinity;
	/** Whose uses are still to be looked for. */
	let unread: Audience[] = [];
	/** Keys whose figures are still to be read. */
	const unknown = new Map<string, Audience>();

	/** As many as will probably bring so many uses. */
	function firstUnread(): Audience[] {
		let expected = 0;
		return unread.filter(({ known }) => {
			const isRoom = expected < MOST_USES_AT_ONCE;
			expected += 1 + known;
			return isRoom;
		});
	}

	return {
		/** Keys may have been used. */
		haveChanged(): void {
			isStale = true;
		},
		/** What is next. It stays so until it is answered. `at`: milliseconds that never jump. */
		next(at: number, audiences: Iterable<Audience>): UseQuestion {
			if (isStale && unread.length === 0 && at - beganAt >= LOOK_EVERY_MS) {
				isStale = false;
				beganAt = at;
				unread = [...audiences];
			}
			return { audiences: firstUnread(), figures: new Map([...unknown].slice(0, MOST_FIGURES_AT_ONCE)) };
		},
		/** Tells the listeners, and takes note of what else there is to tell them. */
		answered({ audiences, figures }: UseQuestion, latest: LatestUses, uses: KeyUse[]): void {
			const used = Object.groupBy(latest.used, ({ workspaceId }) => workspaceId);
			const refused = Object.groupBy(latest.refused, ({ workspaceId }) => workspaceId);
			for (const audience of audiences) {
				const { [audience.workspaceId]: ownUsed = [] } = used;
				const { [audience.workspaceId]: ownRefused = [] } = refused;
				for (const id of audience.learn({ used: ownUsed, refused: ownRefused })) unknown.set(id, audience);
			}
			unread = unread.slice(audiences.length);
			for (const use of uses) for (const listener of figures.get(use.id)?.listeners ?? []) listener.used([use]);
			for (const id of figures.keys()) unknown.delete(id);
		},
		/** Nobody listens any more. */
		forget(): void {
			isStale = false;
			unread = [];
			unknown.clear();
		},
	};
}
