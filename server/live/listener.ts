import type { ServerResponse } from "node:http";

import type { KeyUse, LiveTopic } from "../../shared/wire.ts";
import type { EndReason, Viewer } from "./viewers.store.ts";

/** Two events at most each time, so at most four a second. */
const SEND_EVERY_MS = 500;
const HEARTBEAT_EVERY_MS = 20_000;
/** A reader who lets more than this pile up is gone, or as good as gone. */
const MOST_BUFFERED_BYTES = 64 * 1024;

/** One stream, and what is still to be sent on it. Times are milliseconds that never jump. */
export class Listener {
	readonly viewer: Viewer;
	readonly #answer: ServerResponse;
	#topics = new Set<LiveTopic>();
	#uses = new Map<string, KeyUse>();
	#sentAt = -Infinity;

	constructor(viewer: Viewer, answer: ServerResponse) {
		this.viewer = viewer;
		this.#answer = answer;
	}

	/** The head of the answer, and at once something that tells proxies and browsers that the stream is there. */
	open(headers: Record<string, unknown>, now: number): void {
		for (const [name, value] of Object.entries(headers)) this.#answer.setHeader(name, value as string);
		this.#answer.writeHead(200);
		this.#beat();
		this.#sentAt = now - SEND_EVERY_MS;
	}

	changed(topics: Iterable<LiveTopic>): void {
		for (const topic of topics) this.#topics.add(topic);
	}

	used(uses: KeyUse[]): void {
		for (const use of uses) this.#uses.set(use.id, use);
	}

	/** Whether `send` has something to do. */
	isDue(now: number): boolean {
		const waits = this.#topics.size > 0 || this.#uses.size > 0;
		return now - this.#sentAt >= (waits ? SEND_EVERY_MS : HEARTBEAT_EVERY_MS);
	}

	send(now: number): void {
		if (this.#answer.writableLength > MOST_BUFFERED_BYTES) {
			this.#answer.destroy();
			return;
		}
		const [topics, keys] = [[...this.#topics], [...this.#uses.values()]];
		this.#topics.clear();
		this.#uses.clear();
		if (topics.length > 0) this.#write("changed", { topics });
		if (keys.length > 0) this.#write("used", { keys });
		if (topics.length + keys.length === 0) this.#beat();
		this.#sentAt = now;
	}

	/** The last word of a stream whose viewer may see no more; or none, where it is the server that ends. */
	end(reason?: EndReason): void {
		if (reason !== undefined) this.#write("over", { reason });
		this.#answer.end();
	}

	#write(event: string, data: object): void {
		this.#answer.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
	}

	/** A comment. */
	#beat(): void {
		this.#answer.write(":\n\n");
	}
}
