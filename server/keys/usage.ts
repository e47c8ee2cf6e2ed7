import { Worker } from "node:worker_threads";

import { hourOf, type UsageEntry } from "./usage-entry.ts";

const FLUSH_EVERY_MS = 2_000;

/**
 * Counts requests in memory; a worker thread with a connection of its own writes them every two seconds and at the end.
 * A crash loses at most those two seconds of counts.
 */
export function createUsageMeter(databasePath: string, onError: (error: unknown) => void) {
	let pending = new Map<string, UsageEntry>();
	let worker: Worker | undefined;
	let flushing: Promise<void> | undefined;
	const timer = setInterval(() => void flush(), FLUSH_EVERY_MS).unref();

	function record(keyId: string, now: number, fromGameServer: boolean): void {
		const hour = hourOf(now);
		const name = `${keyId} ${hour}`;
		let entry = pending.get(name);
		if (entry === undefined) {
			entry = { keyId, hour, accepted: 0, lastUsedAt: now, firstServerAt: null, lastServerAt: null };
			pending.set(name, entry);
		}
		entry.accepted += 1;
		entry.lastUsedAt = now;
		if (!fromGameServer) return;
		entry.firstServerAt ??= now;
		entry.lastServerAt = now;
	}

	/** The last game server request that this process has seen and not yet written. */
	function pendingServerAt(keyId: string, now: number): number | null {
		return pending.get(`${keyId} ${hourOf(now)}`)?.lastServerAt ?? null;
	}

	async function flush(): Promise<void> {
		while (flushing !== undefined) await flushing;
		if (pending.size === 0) return;
		const batch = pending;
		pending = new Map();
		flushing = write([...batch.values()]).then(
			() => undefined,
			(error: unknown) => {
				restore(batch);
				onError(error);
			},
		);
		await flushing;
		flushing = undefined;
	}

	function restore(batch: Map<string, UsageEntry>): void {
		for (const [name, entry] of batch) {
			const newer = pending.get(name);
			if (newer !== undefined) {
				entry.accepted += newer.accepted;
				entry.lastUsedAt = newer.lastUsedAt;
				entry.firstServerAt ??= newer.firstServerAt;
				entry.lastServerAt = newer.lastServerAt ?? entry.lastServerAt;
			}
			pending.set(name, entry);
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
