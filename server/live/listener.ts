import type { ServerResponse } from "node:http";

import { HEARTBEAT_SECONDS } from "../../shared/limits.ts";
import type { KeyUse, LiveEvents, LiveTopic } from "../../shared/wire.ts";
import type { EndReason, Viewer } from "./viewers.store.ts";

/** Each time sends at most two events, so at most four per second. */
const SEND_EVERY_MS = 500;
const HEARTBEAT_EVERY_MS = HEARTBEAT_SECONDS * 1000;
/** Beyond this, the client no longer reads and is disconnected. */
const MAX_BUFFERED_BYTES = 64 * 1024;

/** An event stream with its unsent events. Times are in monotonic milliseconds. */
export class Listener {
	readonly viewer: Viewer;
	readonly #response: ServerResponse;
	#topics = new Set<LiveTopic>();
	#uses = new Map<string, KeyUse>();
	#sentAt = -Infinity;

	constructor(viewer: Viewer, response: ServerResponse) {
		this.viewer = viewer;
		this.#response = response;
	}

	/** Sends the headers and a first heartbeat, so that proxies and browsers see the stream open at once. */
	open(headers: Record<string, unknown>, now: number): void {
		for (const [name, value] of Object.entries(headers)) this.#response.setHeader(name, value as string);
		this.#response.writeHead(200);
		this.#heartbeat();
		this.#sentAt = now - SEND_EVERY_MS;
	}

	changed(topics: Iterable<LiveTopic>): void {
		for (const topic of topics) this.#topics.add(topic);
	}

	used(uses: KeyUse[]): void {
		for (const use of uses) this.#uses.set(use.id, use);
	}

	/** True if events or a heartbeat should be sent now. */
	isDue(now: number): boolean {
		const hasEvents = this.#topics.size > 0 || this.#uses.size > 0;
		return now - this.#sentAt >= (hasEvents ? SEND_EVERY_MS : HEARTBEAT_EVERY_MS);
	}

	send(now: number): void {
		if (this.#response.writableLength > MAX_BUFFERED_BYTES) {
			this.#response.destroy();
			return;
		}
		const [topics, keys] = [[...this.#topics], [...this.#uses.values()]];
		this.#topics.clear();
		this.#uses.clear();
		if (topics.length > 0) this.#write("changed", { topics });
		if (keys.length > 0) this.#write("used", { keys });
		if (topics.length + keys.length === 0) this.#heartbeat();
		this.#sentAt = now;
	}

	/** Ends the stream. `reason`: why the viewer lost access; absent when the server shuts down. */
	end(reason?: EndReason): void {
		if (reason !== undefined) this.#write("over", { reason });
		this.#response.end();
	}

	#write<Name extends keyof LiveEvents>(event: Name, data: LiveEvents[Name]): void {
		this.#response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
	}

	/** An event, since `EventSource` does not show comments to the page. */
	#heartbeat(): void {
		this.#write("heartbeat", {});
	}
}
