import { describe, expect, it, vi } from "vitest";

import type { Key, KeyList, Role } from "../../../shared/wire.ts";
import { build, type BuildOptions, type Person, type TestServer } from "../helper.ts";
import { invite, join, newest, peopleOf } from "./helper.ts";

interface Team {
	server: TestServer;
	rin: Person;
	jo: Person;
	people: string;
	/** Jo's own address among the people. */
	joUrl: string;
}

/** Rin's workspace, with Jo in it. */
async function team(role: Role = "admin", options: BuildOptions = {}): Promise<Team> {
	const server = await build(options);
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	join(server, jo, rin.workspaceId, role);
	const people = `/api/workspaces/${rin.workspaceId}/people`;
	return { server, rin, jo, people, joUrl: `${people}/${jo.accountId}` };
}

async function keyMadeBy(person: Person, workspaceId: string, label: string): Promise<string> {
	const made = await person.request("POST", `/api/workspaces/${workspaceId}/keys`, { label });
	return made.json<{ secret: string }>().secret;
}

describe("a workspace's people", () => {
	it("are listed to every member, with their role, when they joined, and how many keys of theirs are in use", async () => {
		const { server, rin, jo } = await team("member");
		await rin.createKey("One");
		const at = server.clock.now();
		const [before, joinedAt] = [new Date(at - 1000).toISOString(), new Date(at).toISOString()];
		const { people, invitations } = await peopleOf(jo, rin.workspaceId);
		expect(people).toEqual([
			{ id: rin.accountId, name: "Rin", email: rin.email, role: "owner", joinedAt: before, activeKeys: 1 },
			{ id: jo.accountId, name: "Jo", email: jo.email, role: "member", joinedAt, activeKeys: 0 },
		]);
		expect(invitations).toEqual([]);
	});

	it("come with open invitations for owners only", async () => {
		const { rin, jo } = await team("admin");
		const { invitation } = await invite(rin);
		expect((await peopleOf(rin)).invitations).toEqual([invitation]);
		expect((await peopleOf(jo, rin.workspaceId)).invitations).toEqual([]);
	});

	it("get another role from an owner, which the activity says", async () => {
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

	it("are removed by an owner; what they made stays, and the list says that they left", async () => {
		const { server, rin, jo, joUrl, people } = await team();
		const secret = await keyMadeBy(jo, rin.workspaceId, "Jo's");
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

	it("take their keys with them where that is asked for, with the very next request", async () => {
		const { server, rin, jo, joUrl } = await team();
		const [hers, theirs] = [await rin.createKey("Rin's"), await keyMadeBy(jo, rin.workspaceId, "Jo's")];
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

	it("take any number of keys with them at once, which lists say step by step, but none that they make later", async () => {
		const { server, rin, jo, joUrl } = await team("admin", { tidyEveryMs: 50 });
		const secret = await keyMadeBy(jo, rin.workspaceId, "Jo's");
		expect((await server.whoami(secret)).statusCode).toBe(200);
		const keysUrl = `/api/workspaces/${rin.workspaceId}/keys`;
		const keyUrl = `${keysUrl}/${(await rin.request("GET", keysUrl)).json<KeyList>().keys[0]?.id ?? ""}`;
		server.db
			.prepare(
				`INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, hint, origin, created_at, created_by, sealed_at)
				WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
				SELECT i, zeroblob(32), 'key_' || i, ?, 'One of many', 'abcd', 'dashboard', 0, ?, 0 FROM n`,
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
		const later = await keyMadeBy(jo, rin.workspaceId, "Back again");
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

	it("may leave, whatever their role", async () => {
		for (const role of ["member", "admin", "owner"] as const) {
			const { rin, jo, joUrl } = await team(role);
			expect((await jo.request("DELETE", joUrl)).statusCode).toBe(204);
			expect(await newest(rin, 1)).toMatchObject([
				{ kind: "person.left", actor: { id: jo.accountId }, person: { name: "Jo" } },
			]);
		}
	});

	it("revoke no keys by leaving where they could not delete them either", async () => {
		const { server, rin, jo, joUrl } = await team("admin");
		const secret = await keyMadeBy(jo, rin.workspaceId, "Jo's");
		await rin.request("PATCH", joUrl, { role: "member" });
		expect((await jo.request("DELETE", `${joUrl}?keys=revoke`)).json()).toMatchObject({ status: 403 });
		expect((await server.whoami(secret)).statusCode).toBe(200);
		expect((await jo.request("DELETE", joUrl)).statusCode).toBe(204);
	});

	it("always have an owner among them", async () => {
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

	it.each(["removed", "made a member"])("leave no pairing under way when they are %s", async (how) => {
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

	it("keep what Studio has put to use on their word", async () => {
		const { server, rin, jo, joUrl } = await team("admin");
		const { access_token } = await server.pair(jo, {}, { workspaceId: rin.workspaceId });
		expect((await server.whoami(access_token)).statusCode).toBe(200);
		await rin.request("DELETE", joUrl);
		expect((await server.whoami(access_token)).statusCode).toBe(200);
	});
});

describe("who may change people", () => {
	it.each(["admin", "member"] as const)("no %s", async (role) => {
		const { rin, jo, people, joUrl } = await team(role);
		const { invitation } = await invite(rin);
		const invitations = `/api/workspaces/${rin.workspaceId}/invitations`;
		for (const answer of [
			await jo.request("PATCH", joUrl, { role: "owner" }),
			await jo.request("DELETE", `${people}/${rin.accountId}`),
			await jo.request("POST", invitations, { role: "member" }),
			await jo.request("DELETE", `${invitations}/${invitation.id}`),
		]) {
			expect(answer.json()).toMatchObject({ status: 403, code: "forbidden" });
		}
		expect((await peopleOf(rin)).people.map((person) => person.role)).toEqual(["owner", role]);
	});

	it("nobody from outside, who is told no more than that there is nothing, and nobody without a session", async () => {
		const { server, rin, people, joUrl } = await team();
		const kim = await server.signUp("Kim");
		const { invitation } = await invite(rin);
		const invitations = `/api/workspaces/${rin.workspaceId}/invitations`;
		for (const [method, url, body] of [
			["GET", people, undefined],
			["PATCH", joUrl, { role: "member" }],
			["DELETE", joUrl, undefined],
			["POST", invitations, { role: "member" }],
			["DELETE", `${invitations}/${invitation.id}`, undefined],
		] as const) {
			expect((await kim.request(method, url, body)).json()).toMatchObject({ status: 404, code: "not_found" });
			const anonymous = await server.app.inject({ method, url, ...(body && { payload: body }) });
			expect(anonymous.json()).toMatchObject({ status: 401, code: "no_session" });
		}
	});

	it.each([{}, { role: "boss" }, { role: "admin", name: "Jo" }])("no request with %j", async (body) => {
		const { rin, joUrl } = await team();
		expect((await rin.request("PATCH", joUrl, body)).json()).toMatchObject({ status: 400, code: "invalid_request" });
	});
});
