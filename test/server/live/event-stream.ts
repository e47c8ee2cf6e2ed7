import { once } from "node:events";
import { get, type IncomingHttpHeaders, type IncomingMessage } from "node:http";

import { onTestFinished } from "vitest";

export interface StreamEvent {
	event: string;
	data: unknown;
}

export interface EventStream {
	status: number;
	headers: IncomingHttpHeaders;
	/** The next event with this name; skips others. @throws Error if the stream ends first */
	next(event: string): Promise<unknown>;
	/** Waits for the end of the stream. Resolves to the remaining events, without heartbeats. */
	rest(): Promise<StreamEvent[]>;
	close(): void;
}

/** Opens a workspace's event stream. */
export async function listen(url: string, cookie: string, headers: Record<string, string> = {}): Promise<EventStream> {
	// Not fetch, which opens a spare connection whenever it closes one.
	const request = get(url, { agent: false, headers: { cookie, ...headers } });
	onTestFinished(() => void request.destroy());
	const [response] = (await once(request, "response")) as [IncomingMessage];
	const events = read(response);
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		async next(event) {
			for (;;) {
				const { value, done } = await events.next();
				if (done === true) throw new Error(`The stream ended without ${event}.`);
				if (value.event === event) return value.data;
			}
		},
		async rest() {
			const rest: StreamEvent[] = [];
			for await (const event of events) if (event.event !== "heartbeat") rest.push(event);
			return rest;
		},
		close: () => void request.destroy(),
	};
}

async function* read(response: IncomingMessage): AsyncGenerator<StreamEvent, undefined> {
	let text = "";
	response.setEncoding("utf8");
	for await (const chunk of response) {
		text += String(chunk);
		const blocks = text.split("\n\n");
		text = blocks.pop() ?? "";
		for (const block of blocks) {
			const found = /^event: (\w+)\ndata: (.*)$/.exec(block);
			if (found) yield { event: String(found[1]), data: JSON.parse(String(found[2])) as unknown };
		}
	}
	return undefined;
}
