import { describe, expect, test } from "vitest";

import type { ActivityKind, KeyUse } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { type EventStream, listen } from "./event-stream.ts";

const MOST_STREAMS_OF_ACCOUNT = 20;
const MOST_STREAMS_FROM_ADDRESS = 100;

async function listening(options: Parameters<typeof build>[0] = {}) {
	const server = await build(options);
	const url = await server.app.listen({ port: 0, host: "127.0.0.1" });
	const hear = (person: Person, headers: Record<string, string> = {}, workspaceId = person.workspaceId) =>
		listen(`${url}/api/workspaces/${workspaceId}/events`, person.cookie, headers);
	return { server, hear };
}

/** Puts somebody into another's workspace. */
function join(server: TestServer, person: Person, workspaceId: string): void {
	server.db.prepare("INSERT INTO member VALUES (?, ?, 'member', 0)").run(workspaceId, person.accountId);
}

function record(server: TestServer, workspaceId: string, kind: ActivityKind): void {
	server.db.prepare("INSERT INTO activity (workspace_id, at, kind) VALUES (?, 0, ?)").run(workspaceId, kind);
}

describe("who listens to a workspace", () => {
	test("is told that keys have changed, but nothing of other workspaces", async () => {
		const { server, hear } = await listening();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const [ofRin, ofJo] = [await hear(rin), await hear(jo)];
		const { id } = await rin.createKey();
		expect(await ofRin.next("changed")).toEqual({ topics: ["activity", "keys"] });
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		expect(await ofRin.next("changed")).toEqual({ topics: ["activity", "keys"] });
		await server.close();
		expect(await ofJo.ended()).toEqual([]);
	});

	test("is told that a key from Studio was issued and installed, and of whom the pairing was", async () => {
		const { server, hear } = await listening();
		const rin = await server.signUp("Rin");
		const stream = await hear(rin);
		const { access_token } = await server.pair(rin);
		await server.whoami(access_token);
		const topics = new Set<string>();
		while (topics.size < 3) {
			for (const topic of ((await stream.next("changed")) as { topics: string[] }).topics) topics.add(topic);
		}
		expect([...topics].toSorted()).toEqual(["activity", "keys", "pairings"]);
	});

	test("is told how a key has been used, in the list's own figures", async () => {
		const { server, hear } = await listening();
		const rin = await server.signUp("Rin");
		const { id, secret } = await rin.createKey();
		const stream = await hear(rin);
		await server.whoami(secret, { "x-auxvyn-server": "0b1ac2b5-6b51-4d6b-9f6b-1f6ea2f4f5aa" });
		const { keys } = (await stream.next("used")) as { keys: KeyUse[] };
		const list = (await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys`)).json<{ keys: KeyUse[] }>();
		expect(keys).toHaveLength(1);
		expect(keys[0]).toMatchObject({ id, requests24h: 1 });
		expect(list.keys[0]).toMatchObject({ ...keys[0] });
	});

	test("is told at once, whatever floods the record elsewhere; and what floods its own, that all may have changed", async () => {
		const { server, hear } = await listening();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const [ofRin, ofJo] = [await hear(rin), await hear(jo)];
		const flood = server.db.transaction(() => {
			for (let entry = 0; entry < 5_000; entry++) record(server, jo.workspaceId, "key.created");
			record(server, rin.workspaceId, "invitation.created");
		});
		flood();
		expect(await ofRin.next("changed")).toEqual({ topics: ["activity", "people"] });
		expect(await ofJo.next("changed")).toEqual({ topics: ["keys", "pairings", "people", "workspace", "activity"] });
	});

	test("gets a stream that nobody keeps or gathers up", async () => {
		const { server, hear } = await listening();
		const { headers } = await hear(await server.signUp("Rin"));
		expect(headers["content-type"]).toContain("text/event-stream");
		expect(headers["cache-control"]).toBe("no-store");
		expect(headers["x-accel-buffering"]).toBe("no");
		expect(headers["content-security-policy"]).toContain("default-src 'none'");
	});
});

describe("a stream ends", () => {
	const over = async (stream: EventStream) => {
		const data = await stream.next("over");
		expect(await stream.ended()).toEqual([]);
		return data;
	};

	test("when the session ends", async () => {
		const { server, hear } = await listening();
		const rin = await server.signUp("Rin");
		const stream = await hear(rin);
		await rin.request("POST", "/api/auth/sign-out", {});
		expect(await over(stream)).toEqual({ reason: "session" });
	});

	test("when the session expires, before anything more is told", async () => {
		const { server, hear } = await listening();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const stream = await hear(rin);
		server.clock.advance(60 * 24 * 3600);
		record(server, rin.workspaceId, "key.created");
		expect(jo.workspaceId).not.toBe(rin.workspaceId);
		expect(await over(stream)).toEqual({ reason: "session" });
	});

	test("when the listener is no member any more, and what happens then is not told", async () => {
		const { server, hear } = await listening();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId);
		const stream = await hear(jo, {}, rin.workspaceId);
		const remove = server.db.transaction(() => {
			server.db
				.prepare("DELETE FROM member WHERE workspace_id = ? AND account_id = ?")
				.run(rin.workspaceId, jo.accountId);
			record(server, rin.workspaceId, "key.created");
		});
		remove();
		expect(await stream.ended()).toEqual([{ event: "over", data: { reason: "membership" } }]);
	});

	test("when the server closes, which waits for nobody", async () => {
		const { server, hear } = await listening();
		const stream = await hear(await server.signUp("Rin"));
		await server.close();
		expect(await stream.ended()).toEqual([]);
	});
});

describe("nobody listens", () => {
	test("without a session, as a stranger, or from another site", async () => {
		const { server, hear } = await listening();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		expect((await hear({ ...rin, cookie: "" })).status).toBe(401);
		expect((await hear(jo, {}, rin.workspaceId)).status).toBe(404);
		expect((await hear(rin, { "sec-fetch-site": "same-site" })).status).toBe(403);
		expect((await hear(rin, { "sec-fetch-site": "same-origin" })).status).toBe(200);
	});

	test(`to more than ${MOST_STREAMS_OF_ACCOUNT} streams at once, until one of them is closed`, async () => {
		const { server, hear } = await listening();
		const rin = await server.signUp("Rin");
		const streams = await Promise.all(Array.from({ length: MOST_STREAMS_OF_ACCOUNT }, () => hear(rin)));
		const refused = await hear(rin);
		expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "30"]);
		streams[0]?.close();
		await expect.poll(async () => (await hear(rin)).status).toBe(200);
	});

	test(`from an address from which ${MOST_STREAMS_FROM_ADDRESS} listen, whosever account it is; others do`, async () => {
		const { server, hear } = await listening({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
		for (let count = 0; count < MOST_STREAMS_FROM_ADDRESS; count += MOST_STREAMS_OF_ACCOUNT) {
			const person = await server.signUp();
			await Promise.all(
				Array.from({ length: MOST_STREAMS_OF_ACCOUNT }, () => hear(person, { "x-forwarded-for": "203.0.113.7" })),
			);
		}
		const rin = await server.signUp();
		const refused = await hear(rin, { "x-forwarded-for": "203.0.113.7" });
		expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "30"]);
		expect((await hear(rin, { "x-forwarded-for": "203.0.113.8" })).status).toBe(200);
	});
});
