import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";

import { StorageError } from "../../errors/storage-error.ts";
import type { StoreList } from "../store-list.ts";
import type { DatabaseOptions, Job, Message, Outcome, Reply, ThreadKind } from "./messages.ts";
import type { WorkerData } from "./worker.ts";

/** What is used of a `Worker`. Tests have one that stays in their own thread. */
export interface ThreadProcess {
	postMessage(message: unknown): void;
	on(event: "message", listener: (reply: Reply) => void): unknown;
	on(event: "error", listener: (error: Error) => void): unknown;
	on(event: "exit", listener: () => void): unknown;
	ref(): void;
	unref(): void;
	terminate(): Promise<unknown>;
}

/** One database in a thread. Its first job opens it. */
export interface Channel {
	/** @throws StorageError if the thread ended during the job, which may or may not have been done */
	ask(job: Omit<Job, "id">): Promise<Outcome>;
	/** Resolves once every job has its outcome. */
	close(): Promise<void>;
}

/** The threads of one process, or of all servers in a test process. */
export interface Threads {
	writer: Thread;
	reader: Thread;
}

export type Thread = ReturnType<typeof createThread>;

export function createThreads(stores: StoreList): Threads {
	const start = (): ThreadProcess => {
		const workerData: WorkerData = { stores: stores.url, compileCache: compileCacheFolder() };
		const worker = new Worker(new URL("thread-start.js", import.meta.url), { workerData, stdout: true, stderr: true });
		// Node would stop passing it on after the first failure.
		worker.stdout.on("data", (chunk: Buffer) => process.stdout.write(chunk));
		worker.stderr.on("data", (chunk: Buffer) => process.stderr.write(chunk));
		return worker;
	};
	return { writer: createThread("writer", start), reader: createThread("reader", start) };
}

/** Node returns the folder for its own version; `enableCompileCache` takes the one above. */
function compileCacheFolder(): string | undefined {
	const folder = getCompileCacheDir();
	return folder === undefined ? undefined : dirname(folder);
}

/** Starts a thread with the first job, and again if it died. It keeps the process alive only while it has jobs. */
export function createThread(kind: ThreadKind, start: () => ThreadProcess) {
	let running: ThreadProcess | undefined;
	let databases = 0;
	let jobs = 0;
	/** By job. */
	const waiting = new Map<number, PromiseWithResolvers<Outcome>>();
	/** By database. */
	const closing = new Map<number, () => void>();
	/** By database. */
	const logs = new Map<number, (isLong: boolean) => void>();
	/** Databases that are open in the running thread. */
	const opened = new Set<number>();

	function thread(): ThreadProcess {
		if (running !== undefined) return running;
		const started = start();
		started.unref();
		started.on("message", receive);
		started.on("error", (error) => ended(started, error));
		started.on("exit", () => ended(started));
		running = started;
		return started;
	}

	function receive(reply: Reply): void {
		if (reply.kind === "log") {
			logs.get(reply.database)?.(reply.isLong);
			return;
		}
		if (reply.kind === "closed") {
			closing.get(reply.database)?.();
			closing.delete(reply.database);
		} else {
			waiting.get(reply.id)?.resolve(reply.outcome);
			waiting.delete(reply.id);
		}
		if (waiting.size + closing.size === 0) running?.unref();
	}

	function ended(which: ThreadProcess, cause?: Error): void {
		if (running !== which) return;
		running = undefined;
		opened.clear();
		const code = kind === "writer" ? "outcome_unknown" : "unavailable";
		for (const { reject } of waiting.values()) {
			reject(new StorageError(code, `The ${kind} thread has ended.`, { cause }));
		}
		for (const onLog of logs.values()) onLog(false);
		waiting.clear();
		for (const done of closing.values()) done();
		closing.clear();
	}

	function post(message: Message): void {
		const to = thread();
		to.postMessage(message);
		to.ref();
	}

	return {
		connect(options: DatabaseOptions, onLog: (isLong: boolean) => void = () => undefined): Channel {
			const database = databases++;
			logs.set(database, onLog);
			return {
				ask(job) {
					const id = jobs++;
					const outcome = Promise.withResolvers<Outcome>();
					if (!opened.has(database)) post({ kind: "open", database, thread: kind, ...options });
					opened.add(database);
					post({ kind: "run", database, job: { ...job, id } });
					waiting.set(id, outcome);
					return outcome.promise;
				},
				close() {
					logs.delete(database);
					if (!opened.delete(database)) return Promise.resolve();
					return new Promise((resolve) => {
						closing.set(database, resolve);
						post({ kind: "close", database });
					});
				},
			};
		},
		async close(): Promise<void> {
			const last = running;
			// Keeps the process alive until the thread has ended. Otherwise a process with nothing else to do would
			// exit while closing.
			last?.ref();
			await last?.terminate();
		},
	};
}
