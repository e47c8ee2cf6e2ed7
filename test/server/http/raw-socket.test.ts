import { once } from "node:events";
import { connect } from "node:net";

import { describe, expect, it } from "vitest";

import { infrastructure, listen } from "./infrastructure.ts";

async function exchange(port: number, sent: string): Promise<string> {
	const socket = connect(port, "127.0.0.1");
	let received = "";
	socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
	socket.write(sent);
	await once(socket, "close");
	return received;
}

describe("malformed HTTP", () => {
	it.each([
		["not HTTP", "hello\r\n\r\n", 400],
		["an unknown method", "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", 400],
		["headers of 200 kB", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(200_000)}\r\n\r\n`, 431],
		["a URL of 200 kB", `GET /${"a".repeat(200_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
		["two lengths that differ", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400],
	])("%s: responds with problem details and closes the connection", async (_what, sent, status) => {
		const { app } = await infrastructure();
		const answer = await exchange(await listen(app), sent);
		expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
		expect(answer).toContain("application/problem+json");
		expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({ status });
	});
});

describe("unusual requests", () => {
	it.each([
		["a method no route supports", "TRACE /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
		["the server as a whole", "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
		["an absolute URL", "GET http://a/healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
		["another protocol", "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"],
		["an unknown expectation", "GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n"],
		["no host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"],
		["a tunnel", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"],
	])("with %s never end in a 5xx", async (_what, sent) => {
		const { app } = await infrastructure();
		expect(await exchange(await listen(app), sent)).not.toMatch(/^HTTP\/1\.1 5/);
	});

	it("have ten seconds for their headers and thirty in total", async () => {
		const { app } = await infrastructure();
		await app.ready();
		expect([app.server.headersTimeout, app.server.requestTimeout]).toEqual([10_000, 30_000]);
	});
});
