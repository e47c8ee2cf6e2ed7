import { Worker } from "node:worker_threads";

import { hourOf, type UsageEntry } from "./usage-entry.ts";

const FLUSH_EVERY_MS = 2_000;

/**
 * Counts requests in memory; a worker thread with a connection of its own writes them every two seconds and at the end.
 * A crash loses at most those two seconds of counts.
 */
export function createUsageMeter(databasePath: string, onError: (error: unknown) => void) {
	/** By key id: this hour's entry. What the hour before left unwritten waits in `earlier`. */
	let pending = new Map<string, UsageEntry>();
	let earlier: UsageEntry[] = [];
	let worker: Worker | undefined;
	let flushing: Promise<void> | undefined;
	const timer = setInterval(() => void flush(), FLUSH_EVERY_MS).unref();

	function record(keyId: string, now: number, fromGameServer: boolean): void {
		const hour = hourOf(now);
		let entry = pending.get(keyId);
		if (entry?.hour !== hour) {
			if (entry !== undefined) earlier.push(entry);
			entry = { keyId, hour, accepted: 0, lastUsedAt: now, firstServerAt: null, lastServerAt: null };
			pending.set(keyId, entry);
		}
		entry.accepted += 1;
		entry.lastUsedAt = now;
		if (!fromGameServer) return;
		entry.firstServerAt ??= now;
		entry.lastServerAt = now;
	}

	/** The last game server request that this process has seen and not yet written. */
	function pendingServerAt(keyId: string): number | null {
		return pending.get(keyId)?.lastServerAt ?? null;
	}

	async function flush(): Promise<void> {
		while (flushing !== undefined) await flushing;
		if (pending.size === 0 && earlier.length === 0) return;
		const batch = [...earlier, ...pending.values()];
		pending = new Map();
		earlier = [];
		flushing = write(batch).catch((error: unknown) => {
			batch.forEach(restore);
			onError(error);
		});
		await flushing;
		flushing = undefined;
	}

	/** Back into memory, added up, so that a database that stays locked for long fills no memory. */
	function restore(entry: UsageEntry): void {
		const newer = pending.get(entry.keyId);
		if (newer === undefined) pending.set(entry.keyId, entry);
		else if (newer.hour !== entry.hour) earlier.push(entry);
		else {
			newer.accepted += entry.accepted;
			newer.firstServerAt = entry.firstServerAt ?? newer.firstServerAt;
			newer.lastServerAt ??= entry.lastServerAt;
		}
	}

	function write(entries: UsageEntry[]): Promise<void> {
		worker ??= startWorker();
		const running = worker;
		return new Promise((resolve, reject) => {
			// Held until the answer, so that the process does not end with counts unwritten.
			running.ref();
			const done = (): void => {
				running.unref();
				running.off("message", onMessage).off("error", onFailure).off("exit", onExit);
			};
			const onMessage = (failure: string | null): void => {
				done();
				if (failure === null) resolve();
				else reject(new Error(failure));
			};
			const onFailure = (error: Error): void => {
				done();
				worker = undefined;
				reject(error);
			};
			const onExit = (): void => onFailure(new Error("The usage worker ended."));
			running.on("message", onMessage).on("error", onFailure).on("exit", onExit);
			running.postMessage(entries);
		});
	}

	function startWorker(): Worker {
		const started = new Worker(new URL("./usage-worker.ts", import.meta.url), { workerData: databasePath });
		started.unref();
		return started;
	}

	return {
		record,
		pendingServerAt,
		flush,
		async close(): Promise<void> {
			clearInterval(timer);
			await flush();
			await worker?.terminate();
		},
	};
}

export type UsageMeter = ReturnType<typeof createUsageMeter>;
