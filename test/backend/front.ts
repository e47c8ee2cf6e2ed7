import { once } from "node:events";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

/** What comes between a backend and its Auxvyn server. */
export type Weather =
	/** Nothing. */
	| "fine"
	/** No answer to what is sent, ever. */
	| "silent"
	/** Connections end without an answer. */
	| "torn"
	/** Another site, which would take what is sent there. */
	| "redirecting"
	/** A page with status 200. */
	| "a page"
	/** An answer that says only that the key is active. */
	| "vague"
	/** 500, with an answer that says that the key is active. */
	| "failing"
	/** 503, as the server's own with its database away. */
	| "unavailable";

export interface Front {
	url: string;
	weather: Weather;
	/** Replaces the client's credentials, if set. */
	authorization: string | undefined;
	/** What has arrived, redirected or not. */
	requests: { path: string; body: string }[];
	close(): Promise<void>;
}

/** An address of the Auxvyn server at `target` that may be made to fail. */
export async function startFront(target: string): Promise<Front> {
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on("data", (part: Buffer) => parts.push(part));
		request.on("end", () => {
			const body = Buffer.concat(parts);
			front.requests.push({ path: request.url ?? "", body: body.toString() });
			const answer = ANSWERS[front.weather];
			if (front.weather === "torn") request.socket.destroy();
			if (answer !== undefined) response.writeHead(answer[0], answer[1]).end(answer[2]);
			if (front.weather !== "fine") return;
			const { authorization = request.headers.authorization } = front;
			const headers = { ...request.headers, ...(authorization !== undefined && { authorization }) };
			const forwarded = send(`${target}${request.url}`, { method: request.method, headers }, (from) => {
				response.writeHead(from.statusCode ?? 502, from.headers);
				from.pipe(response);
			});
			forwarded.on("error", () => request.socket.destroy());
			forwarded.end(body);
		});
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	const front: Front = {
		url: `http://127.0.0.1:${port}`,
		weather: "fine",
		authorization: undefined,
		requests: [],
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, "close");
		},
	};
	return front;
}

const JSON_TYPE = { "content-type": "application/json" };

const ANSWERS: Partial<Record<Weather, [status: number, headers: Record<string, string>, body: string]>> = {
	redirecting: [307, { location: "/elsewhere" }, ""],
	"a page": [200, { "content-type": "text/html" }, "<!doctype html><title>Sign in</title>"],
	vague: [200, JSON_TYPE, '{"active":true}'],
	failing: [
		500,
		JSON_TYPE,
		'{"active":true,"sub":"ws_1","workspace":{"id":"ws_1","name":"A"},"key":{"id":"key_1","label":"B"}}',
	],
	unavailable: [503, { ...JSON_TYPE, "retry-after": "30" }, '{"error":"temporarily_unavailable"}'],
};
