import { describe, expect, it, onTestFinished } from "vitest";

import { type RemotePerson, signUpAt } from "../server/person.ts";
import { openSocket, statusOf, whoamiRequest } from "../server/raw-requests.ts";
import { startServer } from "../server/server-process.ts";
import { tempDir } from "../server/temp-dir.ts";
import { at, clientOf, databaseOf, ORIGIN, ownCluster, serverEnv } from "./fault-fixture.ts";

const postgres = ownCluster();

async function start(databaseUrl: string, env: Record<string, string> = {}) {
	const server = await startServer({
		...serverEnv(databaseUrl),
		DATA_DIR: await tempDir(),
		LOG_LEVEL: "error",
		...env,
	});
	onTestFinished(() => server.kill());
	const url = `http://127.0.0.1:${server.port}`;
	return { server, url, ...clientOf(url) };
}

describe("a server that was stopped", () => {
	it("accepts none of the requests that came after a revocation meanwhile", async () => {
		const url = await postgres.createDatabase();
		const [here, stopped] = await Promise.all([start(url), start(url)]);
		const rin = await signUpAt(here.url, "Rin", ORIGIN);
		const { key, secret } = await rin.createKey("Game");
		const sockets = await Promise.all(Array.from({ length: 300 }, () => openSocket(stopped.server)));
		expect((await stopped.whoami(secret)).status).toBe(200);
		// So that checks are under way when it stops.
		const before = Promise.all(Array.from({ length: 100 }, () => stopped.whoami(secret)));
		for (const socket of sockets) socket.write(whoamiRequest(secret).slice(0, 40));
		stopped.server.child.kill("SIGSTOP");
		expect((await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`)).status).toBe(204);
		const statuses = Promise.all(sockets.map(statusOf));
		for (const socket of sockets) socket.write(whoamiRequest(secret).slice(40));
		stopped.server.child.kill("SIGCONT");
		for (const status of new Set(await statuses)) expect([401, 503]).toContain(status);
		await before;
		expect((await stopped.whoami(secret)).status).toBe(401);
	});
});

describe("after kill -9 under load, of PostgreSQL and then of a server", () => {
	it("nothing acknowledged is lost, nothing revoked comes back, and nothing was done twice", async () => {
		const { cluster } = postgres;
		const url = await postgres.createDatabase();
		const [here, doomed] = await Promise.all([start(url), start(url)]);
		const rin = await signUpAt(here.url, "Rin", ORIGIN);
		const kept: string[] = [];
		const revoked: string[] = [];
		const load = [here, doomed].flatMap((server, which) =>
			[1, 2].map((one) => run({ url: server.url, rin, kept, revoked, name: `${which}.${one}` })),
		);
		await expect.poll(() => kept.length).toBeGreaterThan(10);
		await cluster.kill("SIGQUIT");
		await cluster.launch();
		const soFar = kept.length;
		await expect.poll(() => kept.length).toBeGreaterThan(soFar + 10);
		await doomed.server.kill();
		for (const each of load) each.stop();
		await Promise.all(load.map(({ ended }) => ended));

		const rows = await cluster.sql<{ label: string; count: string }>(
			databaseOf(url),
			"SELECT label, count(*) FROM api_key GROUP BY label",
		);
		expect(rows.filter(({ count }) => count !== "1")).toEqual([]);
		const again = await start(url);
		for (const secret of kept) expect((await again.whoami(secret)).status).toBe(200);
		for (const secret of revoked) {
			expect((await again.whoami(secret)).status).toBe(401);
			expect((await here.whoami(secret)).status).toBe(401);
		}
	});
});

interface Load {
	url: string;
	rin: RemotePerson;
	/** The secrets of keys that were created, and of those whose revocation was acknowledged. */
	kept: string[];
	revoked: string[];
	name: string;
}

/** Creates keys and revokes every other one, until it is stopped or the server is gone for good. */
function run({ url, rin, kept, revoked, name }: Load): { stop(): void; ended: Promise<void> } {
	let isStopped = false;
	const send = at(url, rin);
	const keys = `/api/workspaces/${rin.workspaceId}/keys`;

	async function step(number: number): Promise<void> {
		const answer = await send("POST", keys, { label: `${name} ${number}` });
		if (answer.status !== 201) return;
		const { key, secret } = (await answer.json()) as { key: { id: string }; secret: string };
		if (number % 2 === 0) kept.push(secret);
		// What was not acknowledged may be either way.
		else if ((await send("DELETE", `${keys}/${key.id}`)).status === 204) revoked.push(secret);
	}

	async function loop(): Promise<void> {
		for (let number = 0; !isStopped; number++) await step(number).catch(() => undefined);
	}

	return { stop: () => void (isStopped = true), ended: loop() };
}
