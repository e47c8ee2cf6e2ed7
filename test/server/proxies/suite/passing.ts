import { expect } from "vitest";

import { openConnection } from "../../raw-connection.ts";
import { type Ask, ask, askOn, type Case, identity, identityOf, requestText } from "./behind.ts";

const MEGABYTE = "0123456789abcdef".repeat(65_536);
const chunks = (text: string) =>
	`${(text.match(/[^]{1,50000}/g) ?? []).map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join("")}0\r\n\r\n`;

const PASS: [what: string, ask: Ask, body?: string][] = [
	["GET", {}],
	["HEAD", { method: "HEAD" }],
	["POST", { method: "POST", body: "a body" }],
	["PUT", { method: "PUT", body: "a body" }],
	["PATCH", { method: "PATCH", body: "a body" }],
	["DELETE", { method: "DELETE" }],
	["OPTIONS", { method: "OPTIONS", headers: ["Origin: https://a.example", "Access-Control-Request-Method: PUT"] }],
	["a body of 1 MB", { method: "POST", body: MEGABYTE }],
	[
		"a chunked body of 1 MB",
		{ method: "POST", headers: ["Transfer-Encoding: chunked"], body: chunks(MEGABYTE) },
		MEGABYTE,
	],
	["Expect: 100-continue", { method: "POST", headers: ["Expect: 100-continue"], body: "a body" }],
	["a body of JSON that is none", { method: "POST", headers: ["Content-Type: application/json"], body: "{" }],
	["a content type that is none", { method: "POST", headers: ["Content-Type: nonsense"], body: "a" }],
	["a query", { target: "/things?workspace=any&a=%20b" }],
	["a token of the API's own", { headers: ["Authorization: Bearer eyJhbGciOiJub25lIn0.e30.x"] }],
	["Latin-1 in a header", { headers: ["X-Name: J\xfcrgen"] }],
	["32 kB of headers", { headers: Array.from({ length: 4 }, (_, index) => `X-Long-${index}: ${"a".repeat(8_000)}`) }],
	["one header of 20 kB", { headers: [`Cookie: a=${"a".repeat(20_000)}`] }],
];

const methodsAndBodies = PASS.map(([what, options, body = options.body ?? ""]): Case => [
	`passes ${what} with a good key, as it is, and not with a bad one`,
	async (behind) => {
		const { rin, key } = behind.people;
		const { status, seen } = await ask(behind, key.secret, options);
		expect(status).toBe(200);
		expect(seen).toMatchObject({ method: options.method ?? "GET", target: options.target ?? "/things" });
		expect(seen?.body === body).toBe(true);
		expect(identity(seen)).toEqual(identityOf(key, rin.workspaceId));
		for (const header of options.headers ?? []) {
			const [name = "", value = ""] = header.split(": ");
			if (/^X-Long|^Cookie|^Authorization|^Content-Type/.test(name)) {
				const found = seen?.headers.find(([each]) => each.toLowerCase() === name.toLowerCase());
				expect(found?.[1] === value).toBe(true);
			}
		}
		const refused = await ask(behind, "nonsense", options);
		expect([refused.status, refused.seen]).toEqual([401, undefined]);
	},
]);

export const PASSING: Case[] = [
	...methodsAndBodies,
	[
		"passes a client that speaks HTTP/1.0",
		async (behind) => {
			const { rin, key } = behind.people;
			const { status, seen } = await ask(behind, key.secret, { version: "HTTP/1.0" });
			expect(status).toBe(200);
			expect(identity(seen)).toEqual(identityOf(key, rin.workspaceId));
			expect((await ask(behind, "nonsense", { version: "HTTP/1.0" })).status).toBe(401);
		},
	],
	[
		"tells keys apart that take turns on one connection",
		async (behind) => {
			const { rin, key, other, foreign } = behind.people;
			const connection = await openConnection(behind.port);
			for (let time = 0; time < 5; time++) {
				for (const each of [key, other]) {
					const { status, seen } = await askOn(connection, behind, each.secret, { method: "POST", body: "abc" });
					expect(status).toBe(200);
					expect(identity(seen)).toEqual(identityOf(each, rin.workspaceId));
				}
				expect((await askOn(connection, behind, foreign.secret)).status).toBe(403);
			}
			connection.socket.destroy();
		},
	],
	[
		"keeps its connections to Auxvyn",
		async (behind) => {
			const before = behind.front.connections;
			for (let time = 0; time < 12; time++) expect((await ask(behind, behind.people.key.secret)).status).toBe(200);
			expect(behind.front.connections - before).toBeLessThan(6);
		},
	],
	[
		"asks Auxvyn by its own name, and tells it which game server calls, and nothing of the body",
		async (behind) => {
			const headers = [
				"X-Auxvyn-Server: 5c9a8a1e-2d3f-4d5a-9a53-1f6f0f2f7a11",
				"X-Auxvyn-Place: 1818",
				"X-Auxvyn-Place-Version: 7",
				"X-Auxvyn-Heartbeat: 60",
			];
			await ask(behind, behind.people.key.secret, { method: "POST", headers, body: "body-of-the-game" });
			const told = behind.front.requests.at(-1) ?? "";
			for (const header of headers) expect(told.toLowerCase()).toContain(`\r\n${header.toLowerCase()}\r\n`);
			expect(told).not.toContain("body-of-the-game");
			expect(told).toMatch(/\r\nhost: 127\.0\.0\.1(:\d+)?\r\n/i);
		},
	],
	[
		"takes no request for the body of another, of forty at once",
		async (behind) => {
			const { key } = behind.people;
			const all = Array.from({ length: 40 }, (_, index) => {
				const secret = index % 4 === 3 ? "nonsense" : key.secret;
				return ask(behind, secret, index % 2 ? { method: "POST", body: "x".repeat(77) } : {});
			});
			const statuses = (await Promise.all(all)).map(({ status }) => status);
			expect(statuses).toEqual(Array.from({ length: 40 }, (_, index) => (index % 4 === 3 ? 401 : 200)));
		},
	],
	[
		"carries a websocket with a good key, and none with a bad one",
		async (behind) => {
			const { rin, key } = behind.people;
			const headers = [
				"Connection: Upgrade",
				"Upgrade: websocket",
				"Sec-WebSocket-Version: 13",
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
			];
			const refused = await ask(behind, "nonsense", { headers });
			expect([refused.status, refused.seen]).toEqual([401, undefined]);
			const connection = await openConnection(behind.port);
			connection.send(requestText(key.secret, { target: "/live", headers }));
			const { status, headers: answered } = await connection.response();
			expect([status, answered["sec-websocket-accept"]]).toEqual([101, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]);
			expect(identity(behind.api.seen.at(-1))).toEqual(identityOf(key, rin.workspaceId));
			for (const frame of ["\x81\x85abcdhello", "\x82\x80efgh"]) {
				connection.send(frame);
				expect(await connection.bytes(`echo of ${frame}`.length)).toBe(`echo of ${frame}`);
			}
			connection.socket.destroy();
		},
	],
];
