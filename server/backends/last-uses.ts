import type { Clock } from "../clock.ts";
import { BoundedMap } from "../http/bounded-map.ts";
import type { Storage } from "../storage/storage.ts";
import { recordBackendUses } from "./backend-uses.store.ts";

const FLUSH_EVERY_MS = 2_000;
/** A backend's uses are written at most this often. */
const MIN_INTERVAL_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** When backends were last used: kept in memory, and written at most once a minute for each. */
export function createLastUses({ write }: Pick<Storage, "write">, clock: Clock, onError: (error: unknown) => void) {
	/** Not yet written, by id. In milliseconds. */
	let pending = new Map<string, number>();
	/** When each was last written, in monotonic milliseconds. */
	const written = new BoundedMap<number>(MAX_REMEMBERED);
	let flushing: Promise<void> | undefined;
	const timer = setInterval(() => {
		// Do not queue up flushes behind one that waits for a lock.
		if (flushing === undefined) void flush(false);
	}, FLUSH_EVERY_MS).unref();

	/** `all`: also those written within the last minute. */
	async function flush(all: boolean): Promise<void> {
		while (flushing !== undefined) await flushing;
		const now = clock.monotonic();
		const isDue = (id: string) => all || now - (written.get(id) ?? -Infinity) >= MIN_INTERVAL_MS;
		const due = [...pending].filter(([id]) => isDue(id));
		if (due.length === 0) return;
		pending = new Map([...pending].filter(([id]) => !isDue(id)));
		flushing = writeUses(due, now);
		await flushing;
		flushing = undefined;
	}

	async function writeUses(uses: [id: string, at: number][], now: number): Promise<void> {
		try {
			await write(recordBackendUses, { uses: uses.map(([id, at]) => ({ id, at })) }, { priority: "low" });
			for (const [id] of uses) written.set(id, now);
		} catch (error) {
			for (const [id, at] of uses) pending.set(id, Math.max(at, pending.get(id) ?? 0));
			onError(error);
		}
	}

	return {
		record: (id: string) => void pending.set(id, clock.now()),
		flush: () => flush(true),
		async close(): Promise<void> {
			clearInterval(timer);
			await flush(true);
		},
	};
}
