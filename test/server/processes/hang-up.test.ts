import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";

import { expect, it } from "vitest";

import { build } from "../helper.ts";
import { quickHash } from "../quick-hash.ts";

it.each([
	["directly", {}],
	["behind a proxy", { TRUSTED_PROXIES: "127.0.0.1" }],
])("keeps serving when a client disconnects before its response, %s", async (_, env) => {
	const checked = Promise.withResolvers<boolean>();
	const passwordHash = { ...quickHash, verify: () => checked.promise };
	const server = await build({ env: { LOG_LEVEL: "debug", ...env }, passwordHash });
	await server.app.listen({ port: 0, host: "127.0.0.1" });
	const { port } = server.app.server.address() as AddressInfo;
	const arrived = once(server.app.server, "request") as Promise<[unknown, ServerResponse]>;
	const socket = connect(port, "127.0.0.1");
	await once(socket, "connect");
	const body = JSON.stringify({ email: "rin@example.com", password: "correct horse battery" });
	const headers = [
		"Host: localhost:8787",
		"Origin: http://localhost:8787",
		"Content-Type: application/json",
		`Content-Length: ${body.length}`,
		"X-Forwarded-For: 203.0.113.7",
	];
	socket.write(`POST /api/auth/sign-in/email HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n${body}`);
	const [, response] = await arrived;
	const closed = once(response, "close");
	socket.destroy();
	await closed;
	checked.resolve(false);
	await expect.poll(() => server.logs.join("")).toContain('"code":"invalid_credentials"');
	expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});
