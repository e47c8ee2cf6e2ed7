import { toFailure } from "../failure.ts";
import type { StoreList } from "../store-list.ts";
import { asStorageError } from "./errors.ts";
import type { Message, Outcome, Reply } from "./messages.ts";
import { createReader } from "./reader.ts";
import { createWriter } from "./writer.ts";

/** One end of a channel between threads. */
export interface Port {
	on(event: "message", listener: (message: Message) => void): unknown;
	postMessage(message: unknown, moved?: ArrayBuffer[]): void;
}

type Worker = ReturnType<typeof createReader>;

/** Handles the messages from `port` in this thread, for any number of databases. */
export function serve(port: Port, { byName }: StoreList): void {
	/** By database: opens it with its first job, and again if that failed. */
	const opening = new Map<number, () => Worker>();
	const workers = new Map<number, Worker>();
	const post = (reply: Reply): void => port.postMessage(reply, movable(reply));

	function storeOf(name: string) {
		const store = byName.get(name);
		if (store === undefined) throw new TypeError(`There is no store function ${name} in the list.`);
		return store;
	}

	function open({ database, thread, ...options }: Message & { kind: "open" }): Worker {
		const reply = (id: number, outcome: Outcome): void => {
			try {
				post({ kind: "done", database, id, outcome });
			} catch (error) {
				// The result is not plain data.
				post({ kind: "done", database, id, outcome: { failure: toFailure(error) } });
			}
		};
		const onLog = (isLong: boolean) => post({ kind: "log", database, isLong });
		return thread === "writer"
			? createWriter({ ...options, storeOf, reply, onLog })
			: createReader({ ...options, storeOf, reply });
	}

	function run({ database, job }: Message & { kind: "run" }): void {
		try {
			const worker = workers.get(database) ?? opening.get(database)?.();
			if (worker === undefined) return;
			workers.set(database, worker);
			worker.push(job);
		} catch (error) {
			post({ kind: "done", database, id: job.id, outcome: { failure: toFailure(asStorageError(error)) } });
		}
	}

	async function close(database: number): Promise<void> {
		await workers.get(database)?.close();
		workers.delete(database);
		opening.delete(database);
		post({ kind: "closed", database });
	}

	port.on("message", (message) => {
		if (message.kind === "open") opening.set(message.database, () => open(message));
		else if (message.kind === "run") run(message);
		else void close(message.database);
	});
}

/** A result in JSON is moved to the other thread, not copied. Other bytes may share their memory with more. */
function movable(reply: Reply): ArrayBuffer[] {
	if (reply.kind !== "done" || !("json" in reply.outcome)) return [];
	return [reply.outcome.json.buffer];
}
