import { describe, expect, it } from "vitest";

import type { Key } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";

const SERVER = { "x-auxvyn-server": "0a1b2c3d-0000-4000-8000-0123456789ab" };

async function theKey(server: TestServer, person: Person): Promise<Key | undefined> {
	await server.app.usage.flush();
	const list = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys`);
	return list.json<{ keys: Key[] }>().keys[0];
}

describe("what counts as use", () => {
	it("counts a game's requests, and when its servers first and last asked", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const first = new Date(server.clock.now()).toISOString();
		await server.whoami(secret, SERVER);
		server.clock.advance(5);
		const last = new Date(server.clock.now()).toISOString();
		const answer = await server.whoami(secret, SERVER);
		expect(answer.json()).toMatchObject({ key: { lastServerAt: first } });
		expect(await theKey(server, rin)).toMatchObject({
			requests24h: 2,
			lastUsedAt: last,
			firstServerAt: first,
			lastServerAt: last,
		});
	});

	it("counts neither the plugin nor playtests, and ignores a malformed server id", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		await server.whoami(secret, { "x-auxvyn-protocol": "1", ...SERVER });
		await server.whoami(secret, { "x-auxvyn-studio": "1", ...SERVER });
		expect(await theKey(server, rin)).toMatchObject({ requests24h: 0, lastUsedAt: null, lastServerAt: null });
		await server.whoami(secret, { "x-auxvyn-server": "not a job id" });
		expect(await theKey(server, rin)).toMatchObject({ requests24h: 1, lastServerAt: null });
	});

	it("forgets requests after 24 hours, but not when the key was last used", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const used = new Date(server.clock.now()).toISOString();
		await server.whoami(secret);
		await server.app.usage.flush();
		server.clock.advance(25 * 3600);
		expect(await theKey(server, rin)).toMatchObject({ requests24h: 0, lastUsedAt: used });
	});

	it("loses no count while the database cannot be written", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const db = server.app.storage.db;
		db.exec("ALTER TABLE key_usage RENAME TO hidden");
		await server.whoami(secret, SERVER);
		await server.app.usage.flush();
		await server.whoami(secret);
		await server.app.usage.flush();
		server.clock.advance(3600);
		await server.whoami(secret);
		await server.app.usage.flush();
		db.exec("ALTER TABLE hidden RENAME TO key_usage");
		expect(await theKey(server, rin)).toMatchObject({
			requests24h: 3,
			lastUsedAt: new Date(server.clock.now()).toISOString(),
			firstServerAt: new Date(server.clock.now() - 3_600_000).toISOString(),
		});
	});

	it("writes what it has counted when the server closes", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		await server.whoami(secret);
		await server.close();
		const again = await build({ dataDir: server.dataDir, clock: server.clock });
		const list = await again.app.inject({
			url: `/api/workspaces/${rin.workspaceId}/keys`,
			headers: { cookie: rin.cookie },
		});
		expect(list.json<{ keys: Key[] }>().keys[0]?.requests24h).toBe(1);
	});
});
