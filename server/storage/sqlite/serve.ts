import type { StoreList } from "../store-list.ts";
import type { Message, Outcome, Reply } from "./messages.ts";
import { createReader } from "./reader.ts";
import { createWriter } from "./writer.ts";

/** One end of a channel between threads. */
export interface Port {
	on(event: "message", listener: (message: Message) => void): unknown;
	postMessage(message: unknown): void;
}

/** Does in this thread what comes in through `port`, for any number of databases. */
export function serve(port: Port, { byName }: StoreList): void {
	const open = new Map<number, ReturnType<typeof createReader>>();
	const post = (reply: Reply): void => port.postMessage(reply);

	function storeOf(name: string) {
		const store = byName.get(name);
		if (store === undefined) throw new TypeError(`No store function is listed as ${name}.`);
		return store;
	}

	port.on("message", (message) => {
		const { database } = message;
		if (message.kind === "open") {
			const { role, path, runTwice } = message;
			const reply = (id: number, outcome: Outcome) => post({ kind: "done", database, id, outcome });
			open.set(
				database,
				role === "writer" ? createWriter({ path, runTwice, storeOf, reply }) : createReader({ path, storeOf, reply }),
			);
		} else if (message.kind === "run") {
			open.get(database)?.push(message.job);
		} else {
			void open
				.get(database)
				?.close()
				.then(() => post({ kind: "closed", database }));
			open.delete(database);
		}
	});
}
