import { once } from "node:events";
import type { Socket } from "node:net";

import { beforeAll, describe, expect, it } from "vitest";

import { type RemotePerson, signUpAt } from "../person.ts";
import { openConnection } from "../raw-connection.ts";
import type { ServerProcess } from "../server-process.ts";
import { oneProcess } from "../two-processes.ts";
import { infrastructure, listen } from "./infrastructure.ts";

const only = oneProcess();
let server: ServerProcess;
let rin: RemotePerson;
let key: string;

beforeAll(async () => {
	({ server } = only);
	rin = await signUpAt(server.url);
	key = (await rin.createKey("Production")).secret;
});

function head(line: string, ...headers: string[]): string {
	return [`${line} HTTP/1.1`, `Host: localhost:${server.port}`, ...headers, "", ""].join("\r\n");
}

const PROMISES = ["Content-Length: 77", "Transfer-Encoding: chunked"];
const FORWARD_AUTH = "/v1/forward-auth?workspace=any";
const JSON_TYPE = "Content-Type: application/json";

/** What is answered without reading a body. The headers are read when the server runs. */
const EARLY: [what: string, status: number, line: string, headers?: () => string[]][] = [
	["forward-auth that lets pass", 200, `GET ${FORWARD_AUTH}`, () => [`x-api-key: ${key}`]],
	["forward-auth of a POST", 200, `POST ${FORWARD_AUTH}`, () => [`x-api-key: ${key}`, JSON_TYPE]],
	["forward-auth of a bad key", 401, `GET ${FORWARD_AUTH}`, () => ["x-api-key: nonsense"]],
	["forward-auth without a workspace", 403, "GET /v1/forward-auth", () => [`x-api-key: ${key}`]],
	["whoami", 200, "GET /v1/whoami", () => [`x-api-key: ${key}`]],
	["whoami without a key", 401, "GET /v1/whoami"],
	["whoami by HEAD", 200, "HEAD /v1/whoami", () => [`x-api-key: ${key}`]],
	["the health check", 200, "GET /healthz"],
	["the metrics", 200, "GET /metrics"],
	["the API's description", 200, "GET /openapi.json"],
	["a list of keys", 200, "GET /api/workspaces", () => [`Cookie: ${rin.cookie()}`]],
	["a list of keys without a session", 401, "GET /api/workspaces"],
	[
		"a change from another site",
		403,
		"POST /api/auth/sign-in/email",
		() => ["Origin: https://other.example", JSON_TYPE],
	],
	["an unknown URL", 404, "GET /nowhere"],
	["an unknown URL by POST", 404, "POST /nowhere"],
	["an unsupported method", 405, "DELETE /v1/whoami"],
	[
		"an unknown content type",
		415,
		"POST /api/auth/sign-in/email",
		() => ["Content-Type: a/b", `Origin: ${server.url}`],
	],
	["an invalid content type", 400, "POST /oauth/token", () => ["Content-Type: nonsense"]],
	["a malformed URL", 400, "GET /%zz"],
	["an unknown expectation", 200, "GET /healthz", () => ["Expect: wonders"]],
];

describe("a response to a request whose body was announced and never came", () => {
	it.each(
		EARLY.flatMap(([what, status, line, headers]) =>
			PROMISES.map((promise) => ({ what, status, line, headers, promise })),
		),
	)("closes the connection: $what, $promise", async ({ status, line, headers, promise }) => {
		const connection = await openConnection(server.port);
		connection.send(head(line, promise, ...(headers?.() ?? [])));
		const response = await connection.response(line.startsWith("HEAD") ? "HEAD" : undefined);
		expect(response).toMatchObject({ status, headers: { connection: "close" } });
		await connection.closed();
		connection.socket.destroy();
	});

	it("closes the connection also if the body is too large to be read", async () => {
		const connection = await openConnection(server.port);
		connection.send(head("POST /api/auth/sign-in/email", `Origin: ${server.url}`, JSON_TYPE, "Content-Length: 20000"));
		expect(await connection.response()).toMatchObject({ status: 413, headers: { connection: "close" } });
		await connection.closed();
		connection.socket.destroy();
	});

	it("closes the connection also if as many bytes followed, which may be the next request", async () => {
		const connection = await openConnection(server.port);
		connection.send(head("GET /v1/whoami", `x-api-key: ${key}`, "Content-Length: 77") + "x".repeat(77));
		expect(await connection.response()).toMatchObject({ status: 200, headers: { connection: "close" } });
		await connection.closed();
		connection.socket.destroy();
	});

	it("comes first, although the next request already follows on the same connection", async () => {
		const connection = await openConnection(server.port);
		const request = (...more: string[]) => head(`GET ${FORWARD_AUTH}`, `x-api-key: ${key}`, ...more);
		connection.send(request("Content-Length: 77") + request());
		expect(await connection.response()).toMatchObject({ status: 200, headers: { connection: "close" } });
		await connection.closed();
		connection.socket.destroy();
	});
});

describe("a connection stays open", () => {
	const KEPT: [what: string, status: number, line: string, headers: () => string[], body?: string][] = [
		["without a body", 200, "GET /v1/whoami", () => [`x-api-key: ${key}`]],
		["without a body, refused", 401, "GET /v1/whoami", () => []],
		["forward-auth", 200, `GET ${FORWARD_AUTH}`, () => [`x-api-key: ${key}`]],
		["forward-auth, refused", 401, `GET ${FORWARD_AUTH}`, () => []],
		["forward-auth of a POST", 200, `POST ${FORWARD_AUTH}`, () => [`x-api-key: ${key}`, "Content-Length: 0"]],
		["answered at once", 404, "GET /nowhere", () => []],
		["an empty body", 401, "POST /oauth/introspect", () => ["Content-Length: 0", "Authorization: Basic YTpi"]],
		["a read body", 400, "POST /oauth/token", () => ["Content-Type: application/x-www-form-urlencoded"], "a=b"],
		[
			"a read JSON body",
			400,
			"POST /api/workspaces",
			() => [JSON_TYPE, `Origin: ${server.url}`, `Cookie: ${rin.cookie()}`],
			'{"x":1}',
		],
	];

	it.each(KEPT)("after %s", async (_what, status, line, headers, body) => {
		const connection = await openConnection(server.port);
		const length = body === undefined ? [] : [`Content-Length: ${body.length}`];
		for (let time = 0; time < 3; time++) {
			connection.send(head(line, ...headers(), ...length) + (body ?? ""));
			const response = await connection.response();
			expect(response.status).toBe(status);
			expect(response.headers["connection"]).not.toBe("close");
		}
		connection.socket.destroy();
	});

	it("after a chunked body that was read", async () => {
		const connection = await openConnection(server.port);
		const form = ["Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked"];
		for (let time = 0; time < 3; time++) {
			connection.send(`${head("POST /oauth/token", ...form)}3\r\na=b\r\n0\r\n\r\n`);
			const response = await connection.response();
			expect(response.status).toBe(400);
			expect(response.headers["connection"]).not.toBe("close");
		}
		connection.socket.destroy();
	});
});

describe("a client that is refused while it still sends", () => {
	it("reads the whole response, and its connection is not reset", async () => {
		const connection = await openConnection(server.port);
		const size = 4_000_000;
		connection.send(
			head("POST /api/auth/sign-in/email", "Origin: https://other.example", JSON_TYPE, `Content-Length: ${size}`),
		);
		expect(await connection.response()).toMatchObject({ status: 403, headers: { connection: "close" } });
		// Everything is still taken, although the response says that nothing will be read.
		await new Promise<void>((resolve, reject) => {
			connection.socket.once("error", reject);
			connection.socket.write("x".repeat(size), () => resolve());
		});
		await connection.closed();
		connection.socket.destroy();
	});

	it("is cut off if it stops sending", async () => {
		const { app } = await infrastructure();
		const port = await listen(app);
		const accepted = once(app.server, "connection") as Promise<[Socket]>;
		const connection = await openConnection(port);
		const [atServer] = await accepted;
		connection.send(head("GET /healthz", "Content-Length: 77"));
		await connection.closed();
		// So far, the server has only said that it will send nothing more.
		expect(atServer.destroyed).toBe(false);
		await once(atServer, "close");
		connection.socket.destroy();
	});
});
