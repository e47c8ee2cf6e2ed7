import { setTimeout as sleep } from "node:timers/promises";

const CHECK_INTERVAL_MS = 5_000;
/** Pause between steps while there is work, so that other writes get their turn. */
const PAUSE_MS = 50;

/** One small step of cleaning up. Resolves to false when there is nothing left to do. */
export type Chore = () => Promise<boolean>;

export interface JanitorOptions {
	/** In every process. */
	always: readonly Chore[];
	/** In one process of all that share the database. */
	once: readonly Chore[];
	isLeader: () => Promise<boolean>;
	everyMs?: number | undefined;
}

/** Runs the chores in turn, step by step, while there is anything to do. Nothing depends on its timing. */
export function startJanitor({ always, once, isLeader, everyMs = CHECK_INTERVAL_MS }: JanitorOptions) {
	const closing = new AbortController();
	const pause = (milliseconds: number) =>
		sleep(milliseconds, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
	const done = work();

	async function work(): Promise<void> {
		let more = false;
		while (!closing.signal.aborted) {
			await pause(more ? PAUSE_MS : everyMs);
			more = false;
			const chores = (await isLeader()) ? [...always, ...once] : always;
			for (const chore of chores) if (await step(chore)) more = true;
		}
	}

	/** A locked or full database can wait: the writes of requests report that. */
	async function step(chore: Chore): Promise<boolean> {
		return !closing.signal.aborted && (await chore().catch(() => false));
	}

	return {
		/** Resolves after the current step. */
		close(): Promise<void> {
			closing.abort();
			return done;
		},
	};
}
