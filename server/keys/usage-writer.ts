import { Worker } from "node:worker_threads";

import type { UsageBatch } from "./usage-entry.ts";

/** Writes counts in a worker thread, which is started with the first batch, and again after it has died. */
export function createUsageWriter(databasePath: string) {
	let worker: Worker | undefined;

	/** Resolves once the batch is durable. One at a time. */
	function write(batch: UsageBatch): Promise<void> {
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
			running.postMessage(batch);
		});
	}

	function startWorker(): Worker {
		const started = new Worker(new URL("./usage-worker.ts", import.meta.url), { workerData: databasePath });
		started.unref();
		return started;
	}

	return {
		write,
		async close(): Promise<void> {
			await worker?.terminate();
		},
	};
}
