import { forgetWall, readClock, storeTime } from "../storage/clock.store.ts";
import type { Storage } from "../storage/storage.ts";
import { clockAtStart, doubtText } from "./clock-text.ts";
import type { Chore } from "./janitor.ts";

/** How often the time in use is stored while nothing else writes, so that a restart continues from there. */
const STORED_EVERY_MS = 24 * 3_600_000;
const STORED_EVERY_MS_IN_DOUBT = 60_000;

export interface ClockWatchOptions {
	storage: Storage;
	log: { info(text: string): void; warn(text: string): void };
}

/** Reports a clock that is not believed, now and whenever that changes, and keeps what the next start needs to know. */
export function createClockWatch({ storage, log }: ClockWatchOptions) {
	const { timekeeper } = storage;
	const { now, wall, leadMs, isInDoubt, adopt, stored } = timekeeper;
	let reported = isInDoubt();
	let storedAt = now();

	async function store(): Promise<void> {
		const unbelieved = isInDoubt() && leadMs() > 0 ? wall() : null;
		storedAt = now();
		await storage.write(storeTime, { unbelieved }, { priority: "low" });
	}

	/** Logs what the last run left behind. A busy database must not keep the server from starting. */
	async function start(): Promise<void> {
		const text = clockAtStart(timekeeper);
		if (text !== undefined) log.warn(text);
		try {
			if (stored.greatestWall !== null) await storage.write(forgetWall, undefined, { priority: "low" });
			if (reported) await store();
		} catch {
			// The watch stores it later.
		}
	}

	/** Steps of the clock while the server runs, and the command that ends a doubt. Never repeats at once. */
	async function watch(): Promise<boolean> {
		if (isInDoubt()) adopt((await storage.read(readClock, undefined)).latest);
		const doubt = isInDoubt();
		if (doubt !== reported) {
			reported = doubt;
			if (doubt) log.warn(doubtText(leadMs(), now()));
			else log.info("This machine's clock is believed again.");
			await (doubt ? store() : storage.write(forgetWall, undefined, { priority: "low" }));
		} else if (now() - storedAt >= (doubt ? STORED_EVERY_MS_IN_DOUBT : STORED_EVERY_MS)) {
			await store();
		}
		return false;
	}

	return {
		start,
		watch,
		/** A chore that waits while the clock is in doubt: one look at a wrong clock must not delete anything. */
		whenCertain: (chore: Chore): Chore => {
			return async () => !isInDoubt() && (await chore());
		},
	};
}

export type ClockWatch = ReturnType<typeof createClockWatch>;
