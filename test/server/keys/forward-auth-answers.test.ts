import { METHODS } from "node:http";

import { beforeAll, describe, expect, it } from "vitest";

import { build } from "../helper.ts";
import { signUpAt } from "../person.ts";
import { openConnection, type RawResponse } from "../raw-connection.ts";
import type { ServerProcess } from "../server-process.ts";
import { oneProcess } from "../two-processes.ts";

const only = oneProcess();
let server: ServerProcess;
let key: string;

beforeAll(async () => {
	({ server } = only);
	key = (await (await signUpAt(server.url)).createKey("Production")).secret;
});

const PATH = "/v1/forward-auth?workspace=any";

interface Sent {
	line?: string;
	headers?: string[];
	body?: string;
}

async function ask(
	secret: string,
	{ line = `GET ${PATH} HTTP/1.1`, headers = [], body = "" }: Sent,
): Promise<RawResponse> {
	const connection = await openConnection(server.port);
	connection.send([line, "Host: a", `x-api-key: ${secret}`, ...headers, "", body].join("\r\n"));
	const response = await connection.response(line.startsWith("HEAD") ? "HEAD" : undefined);
	connection.socket.destroy();
	return response;
}

const post = { line: `POST ${PATH} HTTP/1.1` };
const type = (value: string): Sent => ({ ...post, headers: [`Content-Type: ${value}`, "Content-Length: 0"] });
const long = (kilobytes: number, name: string): Sent => ({ headers: [`${name}: ${"a".repeat(kilobytes * 1000)}`] });

/** What a game's request, passed on by a proxy, may look like without saying anything about its key. */
const READABLE: [what: string, sent: Sent][] = [
	["a content type without a slash", type("nonsense")],
	["an empty content type", type("")],
	["a content type with two slashes", type("a/b/c")],
	["two content types in one header", type("application/json, application/json")],
	[
		"two headers with a content type",
		{ ...post, headers: ["Content-Type: a/b", "Content-Type: c", "Content-Length: 0"] },
	],
	["a content type with broken parameters", type('application/json; charset="')],
	["a content type of 4 kB", type(`a/${"b".repeat(4_000)}`)],
	["a content type that is a key", type(`auxvyn_${"0".repeat(60)}`)],
	["a content type on a GET", { headers: ["Content-Type: nonsense", "Content-Length: 3"], body: "abc" }],
	["a broken JSON body", { ...post, headers: ["Content-Type: application/json", "Content-Length: 1"], body: "{" }],
	["a body of a megabyte", { ...post, headers: ["Content-Length: 1000000"], body: "a".repeat(1_000_000) }],
	["an announced body of a terabyte", { ...post, headers: ["Content-Length: 1000000000000"] }],
	["a chunked body", { ...post, headers: ["Transfer-Encoding: chunked"], body: "3\r\nabc\r\n0\r\n\r\n" }],
	["a broken chunked body", { ...post, headers: ["Transfer-Encoding: chunked"], body: "nonsense\r\n" }],
	["a broken chunked body on a GET", { headers: ["Transfer-Encoding: chunked"], body: "nonsense\r\n" }],
	["headers of 17 kB", long(17, "Cookie")],
	["headers of 33 kB", long(33, "Cookie")],
	["headers of 55 kB", long(55, "X-Whatever")],
	["headers of 100 kB", long(100, "Cookie")],
	["a URL of 100 kB", { line: `GET ${PATH}&q=${"a".repeat(100_000)} HTTP/1.1` }],
	["a hundred headers", { headers: Array.from({ length: 100 }, (_, index) => `X-${index}: ${index}`) }],
	["a query of 30 kB", { line: `GET ${PATH}&q=${"a".repeat(30_000)} HTTP/1.1` }],
	["a malformed query", { line: `GET ${PATH}&%zz=%&&==&a=%ff%fe HTTP/1.1` }],
	["odd characters in the query", { line: `GET ${PATH}&a="<>{}|^'!$ HTTP/1.1` }],
	["Latin-1 in a header", { headers: ["X-Name: J\xfcrgen \xff"] }],
	["an unknown encoding", { ...post, headers: ["Transfer-Encoding: nonsense"] }],
	["an Upgrade", { headers: ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"] }],
	[
		"an Upgrade to HTTP/2",
		{ headers: ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"] },
	],
	["Expect: 100-continue", { ...post, headers: ["Expect: 100-continue", "Content-Length: 5"] }],
	["an unknown expectation", { ...post, headers: ["Expect: wonders", "Content-Length: 0"] }],
	["HTTP/1.0", { line: `GET ${PATH} HTTP/1.0` }],
	[
		"HTTP/1.0 with an announced body",
		{ line: `GET ${PATH} HTTP/1.0`, headers: ["Connection: keep-alive", "Content-Length: 7"] },
	],
	["an absolute URL", { line: `GET http://a${PATH} HTTP/1.1` }],
	["a bearer token of the API behind the proxy", { headers: ["Authorization: Bearer eyJhbGciOiJub25lIn0.e30.x"] }],
	["another scheme", { headers: ["Authorization: Digest a=b"] }],
	["an empty Authorization", { headers: ["Authorization:"] }],
	["a second, empty x-api-key", { headers: ["X-API-Key:"] }],
	["Accept: text/html", { headers: ["Accept: text/html"] }],
	["a fetch from another site", { headers: ["Origin: https://other.example", "Sec-Fetch-Site: cross-site"] }],
];

/** What cannot be read as HTTP, or names no route. */
const UNREADABLE: [what: string, sent: Sent][] = [
	["a control character in a header", { headers: ["X-Name: a\x01b"] }],
	["a header without a colon", { headers: ["nonsense"] }],
	["a space in a header's name", { headers: ["X Name: a"] }],
	["an unknown method", { line: `BREW ${PATH} HTTP/1.1` }],
	["an unknown version", { line: `GET ${PATH} HTTP/7.3` }],
	["two lengths", { ...post, headers: ["Content-Length: 1", "Content-Length: 2"] }],
	["a length that is no number", { ...post, headers: ["Content-Length: many"] }],
	[
		"a length and an encoding",
		{ ...post, headers: ["Content-Length: 3", "Transfer-Encoding: chunked"], body: "0\r\n\r\n" },
	],
	["an encoding that is not chunked at last", { ...post, headers: ["Transfer-Encoding: chunked, gzip"] }],
	["a trailing slash", { line: "GET /v1/forward-auth/?workspace=any HTTP/1.1" }],
	["a path beneath it", { line: "GET /v1/forward-auth/a/b?workspace=any HTTP/1.1" }],
	["a path of 4 kB beneath it", { line: `GET /v1/forward-auth/${"a".repeat(4_000)} HTTP/1.1` }],
	["a malformed URL", { line: "GET /v1/forward-auth%zz?workspace=any HTTP/1.1" }],
	["a malformed URL beneath it", { line: "POST /v1/forward-auth/%zz HTTP/1.1" }],
];

describe("forward-auth", () => {
	it.each(READABLE)("judges only the key of a request with %s", async (_what, sent) => {
		expect((await ask(key, sent)).status).toBe(200);
		expect((await ask("nonsense", sent)).status).toBe(401);
	});

	it.each(UNREADABLE)("refuses %s by 401, because a proxy makes 500 of anything else", async (_what, sent) => {
		for (const secret of [key, "nonsense"]) {
			const response = await ask(secret, sent);
			expect(response.status).toBe(401);
			expect(response.headers["content-type"]).toMatch(/^application\/problem\+json/);
			expect(response.headers["www-authenticate"]).toBe('Bearer realm="auxvyn", error="invalid_request"');
			expect(JSON.parse(response.body)).toMatchObject({ status: 401, title: "Unauthorized" });
			expect(response.body).not.toContain(key);
		}
	});

	it("judges the key for every method that HTTP knows", async () => {
		for (const method of METHODS.filter((each) => each !== "CONNECT")) {
			const sent = { line: `${method} ${PATH} HTTP/1.1`, headers: ["Content-Length: 0"] };
			expect([method, (await ask(key, sent)).status]).toEqual([method, 200]);
			expect([method, (await ask("nonsense", sent)).status]).toEqual([method, 401]);
		}
	});

	it("does not ask for a body that it will not read", async () => {
		const connection = await openConnection(server.port);
		let received = "";
		connection.socket.on("data", (chunk) => (received += chunk.toString()));
		connection.send(
			`POST ${PATH} HTTP/1.1\r\nHost: a\r\nx-api-key: ${key}\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n`,
		);
		await connection.response();
		expect(received).not.toContain("100 Continue");
		connection.socket.destroy();
	});

	it("answers 401 to any number of guesses, where whoami answers 429", async () => {
		const limited = await build({ env: { RATE_LIMIT_SCALE: "0.01" } });
		const headers = { "x-api-key": "nonsense" };
		for (let time = 0; time < 20; time++) {
			const answer = await limited.app.inject({ url: PATH, headers });
			expect(answer.statusCode).toBe(401);
			expect(answer.json()).toMatchObject({ status: 401, code: "malformed_key" });
		}
		expect((await limited.whoami("nonsense")).statusCode).toBe(429);
	});

	it("is not what only begins like it", async () => {
		expect((await ask(key, { line: "GET /v1/forward-authentication HTTP/1.1" })).status).toBe(404);
		expect((await ask(key, { line: "BREW /v1/whoami HTTP/1.1" })).status).toBe(400);
	});
});
