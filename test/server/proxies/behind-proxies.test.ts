import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { proxyLines } from "../../../server/dashboard/settings/proxy-lines.ts";
import { type RemotePerson, signUpAt } from "../person.ts";
import { openConnection } from "../raw-connection.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import type { ProxyName } from "./find-proxy.ts";
import { type Place, siteOf } from "./site.ts";
import { type Api, type RunningProxy, startApi, startProxy } from "./start-proxy.ts";

let dataDir: string;
let server: ServerProcess;
let api: Api;
let rin: RemotePerson;
let key: { id: string; secret: string };
let strangers: string;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
	server = await startServer({ DATA_DIR: dataDir, RATE_LIMIT_SCALE: "0" });
	api = await startApi();
	rin = await signUpAt(server.url, "Rin");
	const created = await rin.createKey("Production");
	key = { id: created.key.id, secret: created.secret };
	strangers = (await (await signUpAt(server.url, "Jo")).createKey("Mine")).secret;
});

afterAll(async () => {
	await api.close();
	await server.stop();
	await rm(dataDir, { recursive: true, force: true });
});

/** The lines that the dashboard shows, for the API of this test. */
function shown(proxy: ProxyName): string {
	const origin = `http://127.0.0.1:${server.port}`;
	return proxyLines(proxy, { origin, workspaceId: rin.workspaceId }).replace("127.0.0.1:3000", `127.0.0.1:${api.port}`);
}

/** nginx with connections that it keeps, and without the line that takes back the announced body. */
function keptConnections(): string {
	return shown("nginx")
		.replace(`http://127.0.0.1:${server.port}`, "http://auxvyn")
		.replace('proxy_set_header Content-Length "";', 'proxy_http_version 1.1;\n\tproxy_set_header Connection "";');
}

const nginx = (lines: () => string) => (at: Place) =>
	siteOf("nginx", at, lines(), `upstream auxvyn { server 127.0.0.1:${server.port}; keepalive 1; }`);

const PROXIES: [what: string, name: ProxyName, configure: (at: Place) => string][] = [
	["nginx, by the lines that the dashboard shows", "nginx", nginx(() => shown("nginx"))],
	["nginx that announces bodies on kept connections", "nginx", nginx(keptConnections)],
	["Caddy, by the lines that the dashboard shows", "caddy", (at) => siteOf("caddy", at, shown("caddy"))],
];

/** What says nothing about the key, and gets through both proxies. */
const ODD: [what: string, headers: string[]][] = [
	["a content type that is none", ["Content-Type: nonsense"]],
	["an empty content type", ["Content-Type:"]],
	["two content types", ["Content-Type: application/json, application/json"]],
	["cookies of 28 kB", Array.from({ length: 4 }, (_, index) => `Cookie: c${index}=${"a".repeat(7_000)}`)],
	["a bearer token of the API's own", ["Authorization: Bearer eyJhbGciOiJub25lIn0.e30.x"]],
	["Latin-1 in a header", ["X-Name: J\xfcrgen"]],
	["an Upgrade", ["Connection: Upgrade", "Upgrade: websocket"]],
];

describe.each(PROXIES)("behind %s", (_what, name, configure) => {
	let proxy: RunningProxy;

	beforeAll(async () => {
		proxy = await startProxy(name, configure);
	});

	afterAll(() => proxy.stop());

	function post(secret: string, body = "x".repeat(77)): Promise<Response> {
		return fetch(`http://127.0.0.1:${proxy.port}/things`, { method: "POST", headers: { "x-api-key": secret }, body });
	}

	it("a game's request reaches the API with the key's id, and no other does", async () => {
		const answer = await post(key.secret);
		expect([answer.status, await answer.text()]).toEqual([200, `key ${key.id}`]);
		expect((await post("nonsense")).status).toBe(401);
		expect((await post(strangers)).status).toBe(403);
	});

	it("no request is taken for the body of the one before", async () => {
		const statuses: number[] = [];
		for (let time = 0; time < 20; time++) {
			for (const secret of [key.secret, "nonsense", key.secret, strangers]) {
				const answer = await post(secret);
				await answer.text();
				statuses.push(answer.status);
			}
		}
		expect(statuses).toEqual(Array.from({ length: 20 }, () => [200, 401, 200, 403]).flat());
		const at = `http://127.0.0.1:${proxy.port}/`;
		const together = Array.from({ length: 40 }, (_, index) =>
			index % 2 ? post(key.secret) : fetch(at, { headers: { "x-api-key": key.secret } }),
		);
		expect((await Promise.all(together)).map(({ status }) => status)).toEqual(Array(40).fill(200));
	});

	it.each(ODD)("a request with %s passes by its key alone", async (_oddity, headers) => {
		for (const [secret, status] of [
			[key.secret, 200],
			["nonsense", 401],
		] as const) {
			const connection = await openConnection(proxy.port);
			const head = ["POST /things HTTP/1.1", "Host: a", `x-api-key: ${secret}`, ...headers, "Content-Length: 3"];
			connection.send(`${head.join("\r\n")}\r\n\r\nabc`);
			expect((await connection.response()).status).toBe(status);
			connection.socket.destroy();
		}
	});

	it("what cannot be read keeps a request out, without an error of the proxy", async () => {
		const connection = await openConnection(proxy.port);
		connection.send(`GET /things HTTP/1.1\r\nHost: a\r\nx-api-key: ${key.secret}\r\nX-Name: a\x01b\r\n\r\n`);
		expect((await connection.response()).status).toBeOneOf([400, 401]);
		connection.socket.destroy();
	});
});
