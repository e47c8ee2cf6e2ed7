import type { Socket } from "node:net";

import { expect, it } from "vitest";

import { isOnPostgres } from "../../postgres/test-database.ts";
import { signUpAt } from "../person.ts";
import { openSocket, statusOf, whoamiRequest } from "../raw-requests.ts";
import type { ServerProcess } from "../server-process.ts";
import { twoProcesses } from "../two-processes.ts";

const MANY = 3_000;

const servers = twoProcesses();

function whoami(server: ServerProcess, key: string): Promise<Response> {
	return fetch(`${server.url}/v1/whoami`, { headers: { "x-api-key": key } });
}

it("a key created on one process works on another at once, and is refused there from the first request after its revocation", async () => {
	const { one, other } = servers;
	const rin = await signUpAt(one.url);
	for (let round = 0; round < 20; round++) {
		const { key, secret } = await rin.createKey(`Round ${round}`);
		expect((await whoami(other, secret)).status).toBe(200);
		expect((await whoami(other, secret)).status).toBe(200);
		expect((await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`)).status).toBe(204);
		expect((await whoami(other, secret)).status).toBe(401);
		expect((await whoami(one, secret)).status).toBe(401);
	}
});

it("refuses a request whose first half was sent before the revocation", async () => {
	const { one, other } = servers;
	const rin = await signUpAt(one.url);
	const { key, secret } = await rin.createKey("Half");
	const socket = await openSocket(other);
	socket.write(whoamiRequest(secret));
	expect(await statusOf(socket)).toBe(200);
	const whole = whoamiRequest(secret);
	socket.write(whole.slice(0, 60));
	// A response on another connection: by then the first half has been read.
	expect((await whoami(other, secret)).status).toBe(200);
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
	socket.write(whole.slice(60));
	expect(await statusOf(socket)).toBe(401);
});

it(`refuses every one of ${MANY} requests that arrive at once after the revocation`, async () => {
	const { one, other } = servers;
	const rin = await signUpAt(one.url);
	const { key, secret } = await rin.createKey("Many");
	const sockets: Socket[] = [];
	for (let opened = 0; opened < MANY; opened += 100) {
		sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => openSocket(other)))));
	}
	expect((await whoami(other, secret)).status).toBe(200);
	const statuses = Promise.all(sockets.map(statusOf));
	for (const socket of sockets) socket.write(whoamiRequest(secret).slice(0, 40));
	// While the process is stopped, every request arrives: it then finds all of them, and the revocation, in one turn.
	for (;;) {
		other.child.kill("SIGSTOP");
		const { status } = await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
		if (status === 204) break;
		// It was stopped while it held the database's lock.
		expect(status).toBe(503);
		other.child.kill("SIGCONT");
	}
	for (const socket of sockets) socket.write(whoamiRequest(secret).slice(40));
	other.child.kill("SIGCONT");
	// PostgreSQL may have been asked too long ago by the time that its answer is read.
	const refusals = isOnPostgres() ? [401, 503] : [401];
	for (const status of new Set(await statuses)) expect(refusals).toContain(status);
	expect((await whoami(other, secret)).status).toBe(401);
});
