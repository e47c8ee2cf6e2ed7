import { once } from "node:events";
import { connect } from "node:net";

import { describe, expect, it } from "vitest";

import { roleOf } from "../../../server/workspaces/membership.store.ts";
import { mayManageKeys } from "../../../server/workspaces/rights.ts";
import type { Role } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { listen } from "../http/infrastructure.ts";
import { invite } from "../people/helper.ts";

const WORKSPACE_ID: unknown = expect.stringMatching(/^ws_[0-9a-f]{20}$/);
const KEY = `auxvyn_${"0123456789abcdef".repeat(4).slice(0, 60)}`;

function join(server: TestServer, person: Person, workspaceId: string, role: Role): void {
	server.db.prepare("INSERT INTO member VALUES (?, ?, ?, 0)").run(workspaceId, person.accountId, role);
}

describe("workspaces", () => {
	it("are created by signed-in people, who then own them", async () => {
		const server = await build();
		const rin = await server.signUp();
		server.clock.advance(1);
		const created = await rin.request("POST", "/api/workspaces", { name: "  Obby Studio  " });
		expect(created.statusCode).toBe(201);
		const workspace = { id: WORKSPACE_ID, name: "Obby Studio", role: "owner" };
		expect(created.json()).toEqual({ workspace });
		const listed = (await rin.request("GET", "/api/workspaces")).json<{ workspaces: object[] }>();
		expect(listed.workspaces).toEqual([{ id: rin.workspaceId, name: "Rin's workspace", role: "owner" }, workspace]);
	});

	it("are visible only to their members", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		expect((await jo.request("GET", "/api/workspaces")).body).not.toContain(rin.workspaceId);
		join(server, jo, rin.workspaceId, "member");
		const listed = (await jo.request("GET", "/api/workspaces")).json<{ workspaces: { id: string; role: Role }[] }>();
		expect(listed.workspaces).toContainEqual({ id: rin.workspaceId, name: "Rin's workspace", role: "member" });
	});

	it.each([
		["no name", {}],
		["an empty name", { name: " " }],
		["a name of 65 characters", { name: "a".repeat(65) }],
		["a control character", { name: "a\u0007" }],
		["half a surrogate pair", { name: "\udc00" }],
		["a key", { name: `x${KEY}` }],
		["an unknown field", { name: "A", role: "owner" }],
		["a name that is not a string", { name: ["A"] }],
	])("are refused with %s", async (_what, body) => {
		const server = await build();
		const rin = await server.signUp();
		const answer = await rin.request("POST", "/api/workspaces", body);
		expect(answer.statusCode).toBe(400);
		expect(answer.json()).toMatchObject({ code: "invalid_request", errors: [{}] });
		expect(answer.body).not.toContain(KEY);
	});

	it.each([
		["ended", "/api/auth/sign-out", {}],
		["was deleted with its account", "/api/account/delete", { password: "correct horse battery" }],
	])("are not created for a session that %s before the body arrived", async (_what, url, payload) => {
		const server = await build();
		const rin = await server.signUp();
		const body = JSON.stringify({ name: "Too late" });
		const socket = connect(await listen(server.app), "127.0.0.1");
		let answer = "";
		socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
		const head = ["POST /api/workspaces HTTP/1.1", "Host: a", "Connection: close", "Expect: 100-continue"];
		head.push("Origin: http://localhost:8787", `Cookie: ${rin.cookie}`, "Content-Type: application/json");
		socket.write([...head, `Content-Length: ${body.length}`, "", ""].join("\r\n"));
		await once(socket, "data");
		expect((await rin.request("POST", url, payload)).statusCode).toBeLessThan(300);
		socket.write(body);
		await once(socket, "close");
		expect(answer).toContain("HTTP/1.1 401 ");
		expect(server.db.prepare("SELECT name FROM workspace").pluck().all()).toEqual(["Rin's workspace"]);
	});

	it("are limited to 100 per person, created or joined", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		for (let n = 1; n < 100; n++) await rin.request("POST", "/api/workspaces", { name: `Number ${n}` });
		const { token } = await invite(jo, "member");
		const full = { status: 409, code: "too_many_workspaces" };
		expect((await rin.request("POST", "/api/workspaces", { name: "One more" })).json()).toMatchObject(full);
		expect((await rin.request("POST", "/api/invitations/accept", { token })).json()).toMatchObject(full);
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}`, { name: "Rin's workspace" });
		expect((await rin.request("POST", "/api/invitations/accept", { token })).statusCode).toBe(200);
	});

	it("have rate limits for changes and for creation, per person", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.05" } });
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const rename = (person: Person) => person.request("PATCH", `/api/workspaces/${person.workspaceId}`, { name: "A" });
		const create = () => rin.request("POST", "/api/workspaces", { name: "B" });
		expect([(await create()).statusCode, (await create()).statusCode]).toEqual([201, 429]);
		for (let n = 0; n < 10; n++) expect((await rename(rin)).statusCode).toBe(200);
		const limited = await rename(rin);
		expect(limited.json()).toMatchObject({ status: 429, code: "too_many_requests" });
		expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
		expect((await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys`)).statusCode).toBe(200);
		for (const [method, url, body] of [
			["PATCH", "/api/account", { name: "Rin" }],
			["POST", "/api/invitations/accept", { token: "x" }],
			["POST", "/api/pairings/BCDF-GHJK/approve", { workspaceId: rin.workspaceId, label: "A" }],
		] as const) {
			expect((await rin.request(method, url, body)).statusCode, url).toBe(429);
		}
		// Ending sessions always has room.
		expect((await rin.request("DELETE", "/api/account/sessions")).statusCode).toBe(204);
		expect((await rename(jo)).statusCode).toBe(200);
		server.clock.advance(60);
		expect((await rename(rin)).statusCode).toBe(200);
	});

	it("require a session, checked before the body is read", async () => {
		const { app } = await build();
		expect((await app.inject("/api/workspaces")).json()).toMatchObject({ status: 401, code: "no_session" });
		const answer = await app.inject({
			method: "POST",
			url: "/api/workspaces",
			headers: { "content-type": "application/json" },
			payload: "{",
		});
		expect(answer.statusCode).toBe(401);
	});

	it("cannot be deleted from the database while they have keys", async () => {
		const server = await build();
		const rin = await server.signUp();
		await rin.createKey();
		const remove = server.db.prepare("DELETE FROM workspace WHERE id = ?");
		expect(() => remove.run(rin.workspaceId)).toThrow(/foreign key/i);
	});
});

describe("rights in a workspace", () => {
	it.each([
		["owner", 200, 201],
		["admin", 200, 201],
		["member", 200, 403],
		[undefined, 404, 404],
	] as const)("answer role %s with %i for seeing keys, and %i for creating them", async (role, listed, created) => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		if (role !== undefined) join(server, jo, rin.workspaceId, role);
		const keys = `/api/workspaces/${rin.workspaceId}/keys`;
		expect((await jo.request("GET", keys)).statusCode).toBe(listed);
		expect((await jo.request("POST", keys, { label: "Production" })).statusCode).toBe(created);
	});

	it("give the same answer for unknown workspaces as for other people's", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const elsewhere = await jo.request("GET", `/api/workspaces/${rin.workspaceId}/keys`);
		const nowhere = await jo.request("GET", "/api/workspaces/ws_nowhere/keys");
		expect(nowhere.body).toBe(elsewhere.body);
	});

	it("change from the next request on after a role change", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId, "admin");
		const { db } = server;
		const keys = `/api/workspaces/${rin.workspaceId}/keys`;
		expect((await jo.request("POST", keys, { label: "One" })).statusCode).toBe(201);
		db.prepare("UPDATE member SET role = 'member' WHERE account_id = ? AND workspace_id = ?").run(
			jo.accountId,
			rin.workspaceId,
		);
		expect((await jo.request("POST", keys, { label: "Two" })).statusCode).toBe(403);
		db.prepare("DELETE FROM member WHERE account_id = ? AND workspace_id = ?").run(jo.accountId, rin.workspaceId);
		expect((await jo.request("GET", keys)).statusCode).toBe(404);
		const membership = { accountId: jo.accountId, workspaceId: rin.workspaceId };
		expect(await server.app.storage.read(roleOf, membership)).toBeUndefined();
		expect(mayManageKeys("member")).toBe(false);
	});
});
