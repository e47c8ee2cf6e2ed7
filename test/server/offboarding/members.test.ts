import { describe, expect, it, vi } from "vitest";

import type { Key, KeyList } from "../../../shared/wire.ts";
import { createKeyIn, join, newest, peopleOf, team } from "../people/helper.ts";

describe("a member's role", () => {
	it("is changed by an owner and recorded in the activity", async () => {
		const { rin, jo, joUrl } = await team("member");
		const answer = await rin.request("PATCH", joUrl, { role: "admin" });
		expect(answer.json()).toMatchObject({ person: { id: jo.accountId, role: "admin" } });
		expect(await newest(rin, 1)).toMatchObject([
			{
				kind: "person.role_changed",
				actor: { name: "Rin" },
				person: { name: "Jo" },
				address: "127.0.0.1",
				detail: { from: "member", to: "admin" },
			},
		]);
		await rin.request("PATCH", joUrl, { role: "admin" });
		expect(await newest(rin, 2)).toMatchObject([{ kind: "person.role_changed" }, { kind: "workspace.created" }]);
	});

	it.each([{}, { role: "boss" }, { role: "admin", name: "Jo" }])("cannot be changed with %j", async (body) => {
		const { rin, joUrl } = await team();
		expect((await rin.request("PATCH", joUrl, body)).json()).toMatchObject({ status: 400, code: "invalid_request" });
	});
});

describe("removing a member", () => {
	it("ends their access, keeps their keys active and shows that the creator left", async () => {
		const { server, rin, jo, joUrl, people } = await team();
		const secret = await createKeyIn(jo, rin.workspaceId, "Jo's");
		expect((await rin.request("DELETE", joUrl)).statusCode).toBe(204);
		expect((await jo.request("GET", people)).statusCode).toBe(404);
		expect((await server.whoami(secret)).statusCode).toBe(200);
		const { keys } = (await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys`)).json<KeyList>();
		expect(keys[0]?.createdBy).toEqual({ id: jo.accountId, name: "Jo", left: true });
		expect(await newest(rin, 1)).toMatchObject([
			{ kind: "person.removed", actor: { name: "Rin" }, person: { name: "Jo", left: true } },
		]);
		expect((await rin.request("DELETE", joUrl)).json()).toMatchObject({ status: 404 });
	});

	it("revokes their keys from the next request on if requested", async () => {
		const { server, rin, jo, joUrl } = await team();
		const [hers, theirs] = [await rin.createKey("Rin's"), await createKeyIn(jo, rin.workspaceId, "Jo's")];
		const elsewhere = await jo.createKey("In Jo's own workspace");
		expect((await server.whoami(theirs)).statusCode).toBe(200);
		expect((await rin.request("DELETE", `${joUrl}?keys=revoke`)).statusCode).toBe(204);
		const refused = (await server.whoami(theirs)).json<{ code: string; detail: string }>();
		expect(refused).toMatchObject({ code: "revoked_key" });
		expect(refused.detail).toContain("the person who created it left");
		for (const { secret } of [hers, elsewhere]) expect((await server.whoami(secret)).statusCode).toBe(200);
		const revoked = (await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?state=revoked`)).json<KeyList>();
		expect(revoked.keys).toMatchObject([{ label: "Jo's", revokedBy: { name: "Rin" }, revokedReason: "maker_left" }]);
		expect(await newest(rin, 2)).toMatchObject([
			{ kind: "person.removed", actor: { name: "Rin" }, person: { name: "Jo" }, detail: { keys: "1" } },
			{ kind: "key.created" },
		]);
	});

	it("revokes any number of keys at once, updates lists in steps, and spares keys created later", async () => {
		const { server, rin, jo, joUrl } = await team("admin", { tidyEveryMs: 50 });
		const secret = await createKeyIn(jo, rin.workspaceId, "Jo's");
		expect((await server.whoami(secret)).statusCode).toBe(200);
		const keysUrl = `/api/workspaces/${rin.workspaceId}/keys`;
		const keyUrl = `${keysUrl}/${(await rin.request("GET", keysUrl)).json<KeyList>().keys[0]?.id ?? ""}`;
		server.db
			.prepare(
				`INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, hint, origin, created_at, created_by, sealed_at)
				WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
				SELECT i, randomblob(32), 'key_' || i, ?, 'One of many', 'abcd', 'dashboard', 0, ?, 0 FROM n`,
			)
			.run(rin.workspaceId, jo.accountId);
		expect((await rin.request("DELETE", `${joUrl}?keys=revoke`)).statusCode).toBe(204);
		const refused = (await server.whoami(secret)).json<{ detail: string }>().detail;
		expect(refused).toContain("the person who created it left");
		expect(await newest(rin, 1)).toMatchObject([{ kind: "person.removed", detail: { keys: "251" } }]);
		await server.form("/oauth/revoke", { token: secret });
		const shown = async () => (await rin.request("GET", keyUrl)).json<{ key: Key }>().key;
		const ended = { state: "revoked", revokedReason: "maker_left", revokedBy: { name: "Rin" } };
		expect(await shown()).toMatchObject(ended);
		expect((await rin.request("DELETE", keyUrl)).statusCode).toBe(204);
		expect(await shown()).toMatchObject(ended);
		join(server, jo, rin.workspaceId, "admin");
		const later = await createKeyIn(jo, rin.workspaceId, "Back again");
		const list = () => rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?limit=1&include=counts`);
		await server.app.usage.flush();
		await vi.waitFor(async () => {
			expect((await list()).json()).toMatchObject({ counts: { active: 1, revoked: 251 } });
		}, 20_000);
		expect((await server.whoami(later)).statusCode).toBe(200);
		expect((await server.whoami(secret)).json<{ detail: string }>().detail).toBe(refused);
		expect((await list()).json()).toMatchObject({ keys: [{ label: "Back again" }] });
		expect(await shown()).toMatchObject(ended);
		await vi.waitFor(async () => {
			expect(await newest(rin, 1)).toMatchObject([
				{ kind: "person.keys_revoked", actor: { name: "Rin" }, person: { name: "Jo" } },
			]);
		}, 20_000);
	});
});

describe("leaving a workspace", () => {
	it("is possible in every role", async () => {
		for (const role of ["member", "admin", "owner"] as const) {
			const { rin, jo, joUrl } = await team(role);
			expect((await jo.request("DELETE", joUrl)).statusCode).toBe(204);
			expect(await newest(rin, 1)).toMatchObject([
				{ kind: "person.left", actor: { id: jo.accountId }, person: { name: "Jo" } },
			]);
		}
	});

	it("does not revoke keys that the person may not delete", async () => {
		const { server, rin, jo, joUrl } = await team("admin");
		const secret = await createKeyIn(jo, rin.workspaceId, "Jo's");
		await rin.request("PATCH", joUrl, { role: "member" });
		expect((await jo.request("DELETE", `${joUrl}?keys=revoke`)).json()).toMatchObject({ status: 403 });
		expect((await server.whoami(secret)).statusCode).toBe(200);
		expect((await jo.request("DELETE", joUrl)).statusCode).toBe(204);
	});
});

describe("losing the right to manage keys", () => {
	it.each(["removed", "demoted"])("cancels a person's unfinished pairings when they are %s", async (how) => {
		const { server, rin, jo, joUrl } = await team("admin");
		const paired = await server.pair(jo, { place_name: "Caverns" }, { workspaceId: rin.workspaceId });
		const approved = await server.startPairing();
		const approval = { workspaceId: rin.workspaceId, label: "Not fetched yet" };
		await jo.request("POST", `/api/pairings/${approved.user_code}/approve`, approval);
		if (how === "removed") await rin.request("DELETE", joUrl);
		else await rin.request("PATCH", joUrl, { role: "member" });
		expect((await server.whoami(paired.access_token)).json()).toMatchObject({ code: "revoked_key" });
		expect((await server.poll(approved.device_code)).json()).toMatchObject({ error: "access_denied" });
		const salts = server.db.prepare("SELECT count(*) FROM pairing WHERE salt IS NOT NULL").pluck();
		expect(salts.get()).toBe(0);
		expect((await newest(rin, 3)).map((entry) => entry.kind).sort()).toEqual(
			["key.revoked", "pairing.denied", how === "removed" ? "person.removed" : "person.role_changed"].sort(),
		);
	});

	it("keeps keys from the person's pairings that are already in use", async () => {
		const { server, rin, jo, joUrl } = await team("admin");
		const { access_token } = await server.pair(jo, {}, { workspaceId: rin.workspaceId });
		expect((await server.whoami(access_token)).statusCode).toBe(200);
		await rin.request("DELETE", joUrl);
		expect((await server.whoami(access_token)).statusCode).toBe(200);
	});
});

describe("changing or removing members", () => {
	it("is refused for the last owner", async () => {
		const { rin, jo, joUrl, people } = await team("admin");
		const own = `${people}/${rin.accountId}`;
		for (const attempt of [
			await rin.request("DELETE", own),
			await rin.request("PATCH", own, { role: "admin" }),
			await rin.request("PATCH", own, { role: "member" }),
		]) {
			expect(attempt.json()).toMatchObject({ status: 409, code: "last_owner" });
		}
		await rin.request("PATCH", joUrl, { role: "owner" });
		expect((await rin.request("PATCH", own, { role: "member" })).statusCode).toBe(200);
		expect((await jo.request("DELETE", joUrl)).json()).toMatchObject({ status: 409, code: "last_owner" });
	});

	it.each(["admin", "member"] as const)("is refused for role %s", async (role) => {
		const { rin, jo, people, joUrl } = await team(role);
		for (const answer of [
			await jo.request("PATCH", joUrl, { role: "owner" }),
			await jo.request("DELETE", `${people}/${rin.accountId}`),
		]) {
			expect(answer.json()).toMatchObject({ status: 403, code: "forbidden" });
		}
		expect((await peopleOf(rin)).people.map((person) => person.role)).toEqual(["owner", role]);
	});

	it("answers 404 to non-members, and 401 without a session", async () => {
		const { server, joUrl } = await team();
		const kim = await server.signUp("Kim");
		for (const [method, body] of [
			["PATCH", { role: "member" }],
			["DELETE", undefined],
		] as const) {
			expect((await kim.request(method, joUrl, body)).json()).toMatchObject({ status: 404, code: "not_found" });
			const anonymous = await server.app.inject({ method, url: joUrl, ...(body && { payload: body }) });
			expect(anonymous.json()).toMatchObject({ status: 401, code: "no_session" });
		}
	});
});
