import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 5_000;
/** Between two steps where there is much to do, for others who want to write. */
const PAUSE_MS = 50;

/** One small step of tidying up. False where there was nothing more to do. */
export type Chore = () => Promise<boolean>;

/** Does chores in turn, step by step for as long as there is something to do. Nothing depends on when. */
export function startJanitor(chores: readonly Chore[]) {
	const closing = new AbortController();
	const pause = (milliseconds: number) =>
		sleep(milliseconds, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
	const done = work();

	async function work(): Promise<void> {
		let more = false;
		while (!closing.signal.aborted) {
			await pause(more ? PAUSE_MS : LOOK_EVERY_MS);
			more = false;
			for (const chore of chores) if (await step(chore)) more = true;
		}
	}

	/** Where the database is locked or full it can wait: the writes of requests report that. */
	async function step(chore: Chore): Promise<boolean> {
		return !closing.signal.aborted && (await chore().catch(() => false));
	}

	return {
		/** After the step that is under way. */
		close(): Promise<void> {
			closing.abort();
			return done;
		},
	};
}
