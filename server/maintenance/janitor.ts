import { setTimeout as sleep } from "node:timers/promises";

const CHECK_EVERY_MS = 5_000;
/** Between two steps where there is much to do, so that other writes get their turn. */
const PAUSE_MS = 50;

/** One small step of tidying up. False where there was nothing more to do. */
export type Chore = () => Promise<boolean>;

/** Runs chores in turn, step by step for as long as there is something to do. Nothing depends on its timing. */
export function startJanitor(chores: readonly Chore[], everyMs = CHECK_EVERY_MS) {
	const closing = new AbortController();
	const pause = (milliseconds: number) =>
		sleep(milliseconds, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
	const done = work();

	async function work(): Promise<void> {
		let more = false;
		while (!closing.signal.aborted) {
			await pause(more ? PAUSE_MS : everyMs);
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
