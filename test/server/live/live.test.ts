import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import type { ActivityKind, KeyUse } from "../../../shared/wire.ts";
import { GAME_SERVER, PLAYTEST, PLUGIN } from "../../game.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { listen } from "./event-stream.ts";

const MAX_STREAMS_PER_ACCOUNT = 20;
const MAX_STREAMS_PER_ADDRESS = 100;

async function listeningServer(options: Parameters<typeof build>[0] = {}) {
	const server = await build(options);
	const url = await server.app.listen({ port: 0, host: "127.0.0.1" });
	const openStream = (person: Person, headers: Record<string, string> = {}, workspaceId = person.workspaceId) =>
		listen(`${url}/api/workspaces/${workspaceId}/events`, person.cookie, headers);
	return { server, openStream };
}

/** Makes a person a member of a workspace. */
function join(server: TestServer, person: Person, workspaceId: string): void {
	server.db.prepare("INSERT INTO member VALUES (?, ?, 'member', 0)").run(workspaceId, person.accountId);
}

function record(server: TestServer, workspaceId: string, kind: ActivityKind): void {
	server.db.prepare("INSERT INTO activity (workspace_id, at, kind) VALUES (?, 0, ?)").run(workspaceId, kind);
}

describe("a listener of a workspace", () => {
	test("is told that keys have changed, but nothing about other workspaces", async () => {
		const { server, openStream } = await listeningServer();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const [ofRin, ofJo] = [await openStream(rin), await openStream(jo)];
		const { id } = await rin.createKey();
		expect(await ofRin.next("changed")).toEqual({ topics: ["activity", "keys"] });
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		expect(await ofRin.next("changed")).toEqual({ topics: ["activity", "keys"] });
		await server.close();
		expect(await ofJo.rest()).toEqual([]);
	});

	test("is told of a pairing, and of its key being issued and installed", async () => {
		const { server, openStream } = await listeningServer();
		const rin = await server.signUp("Rin");
		const stream = await openStream(rin);
		const { access_token } = await server.pair(rin);
		await server.whoami(access_token);
		const topics = new Set<string>();
		while (topics.size < 3) {
			for (const topic of ((await stream.next("changed")) as { topics: string[] }).topics) topics.add(topic);
		}
		expect([...topics].toSorted()).toEqual(["activity", "keys", "pairings"]);
	});

	test("is sent a key's usage, with the same figures as in the list", async () => {
		const { server, openStream } = await listeningServer();
		const rin = await server.signUp("Rin");
		const { id, secret } = await rin.createKey();
		const stream = await openStream(rin);
		await server.whoami(secret, GAME_SERVER);
		await server.app.usage.flush();
		const { keys } = (await stream.next("used")) as { keys: KeyUse[] };
		const list = (await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys`)).json<{ keys: KeyUse[] }>();
		expect(keys).toHaveLength(1);
		expect(keys[0]).toMatchObject({ id, requests24h: 1 });
		expect(list.keys[0]).toMatchObject({ ...keys[0] });
	});

	test("is sent the use of a key by the plugin and by a playtest", async () => {
		const { server, openStream } = await listeningServer();
		const rin = await server.signUp("Rin");
		const { id, secret } = await rin.createKey();
		const stream = await openStream(rin);
		const used = { lastUsedAt: new Date(server.clock.now()).toISOString(), requests24h: 1 };
		await server.whoami(secret, PLUGIN);
		await server.app.usage.flush();
		expect(await stream.next("used")).toMatchObject({ keys: [{ id, requests24h: 0, plugin: used }] });
		await server.whoami(secret, PLAYTEST);
		await server.app.usage.flush();
		expect(await stream.next("used")).toMatchObject({ keys: [{ id, requests24h: 0, plugin: used, studio: used }] });
		server.clock.advance(60);
		await server.whoami(secret, PLUGIN);
		await server.app.usage.flush();
		expect(await stream.next("used")).toMatchObject({ keys: [{ id, plugin: { requests24h: 2 }, studio: used }] });
	});

	test("is told its changes during a flood elsewhere, and that everything may have changed in its own", async () => {
		const { server, openStream } = await listeningServer();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const [ofRin, ofJo] = [await openStream(rin), await openStream(jo)];
		const flood = server.db.transaction(() => {
			for (let entry = 0; entry < 5_000; entry++) record(server, jo.workspaceId, "key.created");
			record(server, rin.workspaceId, "invitation.created");
		});
		flood();
		expect(await ofRin.next("changed")).toEqual({ topics: ["activity", "people"] });
		expect(await ofJo.next("changed")).toEqual({
			topics: ["keys", "pairings", "people", "workspace", "backends", "activity"],
		});
	});

	test("gets a stream that is neither cached nor buffered", async () => {
		const { server, openStream } = await listeningServer();
		const { headers } = await openStream(await server.signUp("Rin"));
		expect(headers["content-type"]).toContain("text/event-stream");
		expect(headers["cache-control"]).toBe("no-store");
		expect(headers["x-accel-buffering"]).toBe("no");
		expect(headers["content-security-policy"]).toContain("default-src 'none'");
	});
});

describe("a stream ends", () => {
	test("within two seconds when the session ends", async () => {
		const { server, openStream } = await listeningServer();
		const rin = await server.signUp("Rin");
		const stream = await openStream(rin);
		// Right after another change, too.
		await rin.createKey();
		await stream.next("changed");
		await rin.request("POST", "/api/auth/sign-out", {});
		const events = await Promise.race([stream.rest(), sleep(2_000, "still open")]);
		expect(events).toEqual([{ event: "over", data: { reason: "session" } }]);
	});

	test("when the session expires, before anything else is sent", async () => {
		const { server, openStream } = await listeningServer();
		const rin = await server.signUp("Rin");
		const stream = await openStream(rin);
		server.clock.advance(60 * 24 * 3600);
		record(server, rin.workspaceId, "key.created");
		expect(await stream.rest()).toEqual([{ event: "over", data: { reason: "session" } }]);
	});

	test("when the listener is removed, without sending what happens afterwards", async () => {
		const { server, openStream } = await listeningServer();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId);
		const stream = await openStream(jo, {}, rin.workspaceId);
		const remove = server.db.transaction(() => {
			server.db
				.prepare("DELETE FROM member WHERE workspace_id = ? AND account_id = ?")
				.run(rin.workspaceId, jo.accountId);
			record(server, rin.workspaceId, "key.created");
		});
		remove();
		expect(await stream.rest()).toEqual([{ event: "over", data: { reason: "membership" } }]);
	});

	test("when the server closes, without delaying it", async () => {
		const { server, openStream } = await listeningServer();
		const stream = await openStream(await server.signUp("Rin"));
		await server.close();
		expect(await stream.rest()).toEqual([]);
	});
});

describe("a stream is refused", () => {
	test("without a session, to non-members, and from another site", async () => {
		const { server, openStream } = await listeningServer();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		expect((await openStream({ ...rin, cookie: "" })).status).toBe(401);
		expect((await openStream(jo, {}, rin.workspaceId)).status).toBe(404);
		expect((await openStream(rin, { "sec-fetch-site": "same-site" })).status).toBe(403);
		expect((await openStream(rin, { "sec-fetch-site": "same-origin" })).status).toBe(200);
	});

	test(`to an account with ${MAX_STREAMS_PER_ACCOUNT} open streams, until one is closed`, async () => {
		const { server, openStream } = await listeningServer();
		const rin = await server.signUp("Rin");
		const streams = await Promise.all(Array.from({ length: MAX_STREAMS_PER_ACCOUNT }, () => openStream(rin)));
		const refused = await openStream(rin);
		expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "30"]);
		streams[0]?.close();
		await expect.poll(async () => (await openStream(rin)).status).toBe(200);
	});

	test(`to an address with ${MAX_STREAMS_PER_ADDRESS} open streams of any accounts, but not to others`, async () => {
		const { server, openStream } = await listeningServer({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
		for (let count = 0; count < MAX_STREAMS_PER_ADDRESS; count += MAX_STREAMS_PER_ACCOUNT) {
			const person = await server.signUp();
			await Promise.all(
				Array.from({ length: MAX_STREAMS_PER_ACCOUNT }, () => openStream(person, { "x-forwarded-for": "203.0.113.7" })),
			);
		}
		const rin = await server.signUp();
		const refused = await openStream(rin, { "x-forwarded-for": "203.0.113.7" });
		expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "30"]);
		expect((await openStream(rin, { "x-forwarded-for": "203.0.113.8" })).status).toBe(200);
	});
});
