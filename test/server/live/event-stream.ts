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
	/** The next event of this name; others before it are passed over. @throws Error where the stream ends first */
	next(event: string): Promise<unknown>;
	/** Resolves to all events that were not asked for, once the stream has ended. */
	ended(): Promise<StreamEvent[]>;
	close(): void;
}

/** A page that listens for changes in a workspace. */
export async function listen(url: string, cookie: string, headers: Record<string, string> = {}): Promise<EventStream> {
	// Not fetch, which opens a new connection, and asks for nothing, wherever it closes one.
	const asked = get(url, { agent: false, headers: { cookie, ...headers } });
	onTestFinished(() => void asked.destroy());
	const [answer] = (await once(asked, "response")) as [IncomingMessage];
	const events = read(answer);
	return {
		status: answer.statusCode ?? 0,
		headers: answer.headers,
		async next(event) {
			for (;;) {
				const { value, done } = await events.next();
				if (done === true) throw new Error(`The stream ended without ${event}.`);
				if (value.event === event) return value.data;
			}
		},
		async ended() {
			const rest: StreamEvent[] = [];
			for await (const event of events) rest.push(event);
			return rest;
		},
		close: () => void asked.destroy(),
	};
}

async function* read(answer: IncomingMessage): AsyncGenerator<StreamEvent, undefined> {
	let text = "";
	answer.setEncoding("utf8");
	for await (const chunk of answer) {
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
