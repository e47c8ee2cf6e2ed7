import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";

import { expect, it } from "vitest";

import { build } from "../helper.ts";

it.each([
	["directly", {}],
	["behind a proxy", { TRUSTED_PROXIES: "127.0.0.1" }],
])("keeps serving when a client disconnects before its response, %s", async (_, env) => {
	const dashboard = Promise.withResolvers<string>();
	const server = await build({ env: { LOG_LEVEL: "debug", ...env }, dashboard: dashboard.promise });
	await server.app.listen({ port: 0, host: "127.0.0.1" });
	const { port } = server.app.server.address() as AddressInfo;
	const arrived = once(server.app.server, "request") as Promise<[unknown, ServerResponse]>;
	const socket = connect(port, "127.0.0.1");
	await once(socket, "connect");
	socket.write("GET / HTTP/1.1\r\nHost: localhost:8787\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n");
	const [, response] = await arrived;
	const closed = once(response, "close");
	socket.destroy();
	await closed;
	dashboard.resolve(server.dataDir);
	await expect.poll(() => server.logs.join("")).toContain('"code":"not_found"');
	expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});
