import { describe, expect, it } from "vitest";

import type { Key, KeyList } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";

function ask(server: TestServer, query: string, secret?: string) {
	const headers = secret === undefined ? {} : { "x-api-key": secret };
	return server.app.inject({ url: `/v1/forward-auth${query}`, headers });
}

async function onlyKey(server: TestServer, person: Person): Promise<Key | undefined> {
	await server.app.usage.flush();
	const list = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys`);
	return list.json<KeyList>().keys[0];
}

async function rinAndStranger() {
	const server = await build();
	const [rin, stranger] = [await server.signUp("Rin"), await server.signUp("Stranger")];
	return { server, rin, stranger, key: await stranger.createKey() };
}

describe("forward-auth", () => {
	it("refuses a stranger's good key: 403 wrong_workspace, without the ids of the key", async () => {
		const { server, rin, key } = await rinAndStranger();
		for (let cached = 0; cached < 2; cached++) {
			const answer = await ask(server, `?workspace=${rin.workspaceId}`, key.secret);
			expect(answer.json()).toMatchObject({ status: 403, code: "wrong_workspace" });
			expect(answer.headers["x-auxvyn-workspace-id"]).toBeUndefined();
			expect(answer.headers["x-auxvyn-key-id"]).toBeUndefined();
		}
	});

	it("lets no key pass where no workspace is named, and says what to add", async () => {
		const { server, key } = await rinAndStranger();
		for (const query of ["", "?", "?workspace=", "?workspace=&workspace=", "?Workspace=any", "?x=any"]) {
			const answer = await ask(server, query, key.secret);
			expect(answer.json(), query).toMatchObject({ status: 403, code: "workspace_required" });
			expect(answer.json<{ detail: string }>().detail).toContain("?workspace=ws_…");
		}
	});

	it("lets the keys of each named workspace pass, and with any all of them", async () => {
		const { server, rin, stranger, key } = await rinAndStranger();
		const [own, other] = [rin.workspaceId, stranger.workspaceId];
		for (const query of [
			`?workspace=${other}`,
			`?workspace=${own}&workspace=${other}`,
			`?workspace=${other}&workspace=${own}`,
			"?workspace=any",
			`?workspace=${own}&workspace=any`,
		]) {
			const answer = await ask(server, query, key.secret);
			expect(answer.statusCode, query).toBe(200);
			expect(answer.headers).toMatchObject({ "x-auxvyn-workspace-id": other, "x-auxvyn-key-id": key.id });
		}
		const almost = [`?workspace=${other}x`, `?workspace=${other},${own}`, "?workspace=ANY", "?workspace[]=any"];
		for (const query of almost) expect((await ask(server, query, key.secret)).statusCode, query).toBe(403);
	});

	it("judges the key first: a missing or bad one is 401, with or without a workspace", async () => {
		const { server, rin, stranger, key } = await rinAndStranger();
		await stranger.request("DELETE", `/api/workspaces/${stranger.workspaceId}/keys/${key.id}`);
		for (const query of ["", `?workspace=${rin.workspaceId}`, "?workspace=any"]) {
			expect((await ask(server, query)).json()).toMatchObject({ status: 401, code: "missing_key" });
			expect((await ask(server, query, "nonsense")).json()).toMatchObject({ status: 401, code: "malformed_key" });
			expect((await ask(server, query, key.secret)).json()).toMatchObject({ status: 401, code: "revoked_key" });
		}
	});

	it("with 403 neither seals a key nor counts as its use or refusal", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const { access_token: secret, userCode } = await server.pair(rin);
		for (const query of ["", `?workspace=${jo.workspaceId}`]) {
			expect((await ask(server, query, secret)).statusCode).toBe(403);
		}
		const status = async () =>
			(await rin.request("GET", `/api/pairings/${userCode}`)).json<{ status: string }>().status;
		expect(await status()).toBe("issued");
		const unused = { confirmedAt: null, lastUsedAt: null, requests24h: 0, lastRefusedAt: null };
		expect(await onlyKey(server, rin)).toMatchObject(unused);

		expect((await ask(server, `?workspace=${rin.workspaceId}`, secret)).statusCode).toBe(200);
		expect(await status()).toBe("sealed");
		await ask(server, `?workspace=${jo.workspaceId}`, secret);
		expect(await onlyKey(server, rin)).toMatchObject({ requests24h: 1, lastRefusedAt: null });
	});

	it("does not count 403 as a guess", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.01" } });
		const rin = await server.signUp("Rin");
		const { secret } = await rin.createKey();
		for (let time = 0; time < 10; time++) expect((await ask(server, "", secret)).statusCode).toBe(403);
		expect((await server.whoami("nonsense")).statusCode).toBe(401);
	});

	it("appears in the metrics by outcome", async () => {
		const { server, rin, key } = await rinAndStranger();
		await ask(server, "", key.secret);
		await ask(server, `?workspace=${rin.workspaceId}`, key.secret);
		const metrics = (await server.app.inject({ url: "/metrics", headers: { host: "localhost:8787" } })).body;
		expect(metrics).toContain('auxvyn_authentications_total{outcome="workspace_required"} 1');
		expect(metrics).toContain('auxvyn_authentications_total{outcome="wrong_workspace"} 1');
	});
});
