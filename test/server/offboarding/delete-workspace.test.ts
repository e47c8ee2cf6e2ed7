import { describe, expect, it } from "vitest";

import { sweepDeletedWorkspaces } from "../../../server/offboarding/sweep-workspaces.store.ts";
import type { Role } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { invite, join } from "../people/helper.ts";

const A_DAY = 24 * 3600;

function remove(person: Person, name: string, workspaceId = person.workspaceId) {
	return person.request("DELETE", `/api/workspaces/${workspaceId}`, { name });
}

/** Runs all steps that are due. */
async function sweepAll(server: TestServer): Promise<void> {
	while (await server.app.storage.write(sweepDeletedWorkspaces, undefined));
}

function rows(server: TestServer, table: string): unknown {
	return server.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
}

describe("deleting a workspace", () => {
	it("requires its name", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { secret } = await rin.createKey();
		const answer = await remove(rin, "Rin's work");
		expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: "name" }] });
		expect((await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}`, {})).statusCode).toBe(400);
		expect((await server.whoami(secret)).statusCode).toBe(200);
	});

	it("revokes its keys from the next request on, and says why", async () => {
		const server = await build({ env: { INTROSPECTION_CLIENT_ID: "b", INTROSPECTION_CLIENT_SECRET: "s".repeat(32) } });
		const rin = await server.signUp("Rin");
		const { secret } = await rin.createKey();
		expect((await server.whoami(secret)).statusCode).toBe(200);
		expect((await remove(rin, "Rin's workspace")).statusCode).toBe(204);
		const refused = (await server.whoami(secret)).json<{ code: string; detail: string }>();
		expect(refused).toMatchObject({ status: 401, code: "revoked_key" });
		expect(refused.detail).toContain("its workspace was deleted");
		const basic = `Basic ${Buffer.from(`b:${"s".repeat(32)}`).toString("base64")}`;
		const introspected = await server.form("/oauth/introspect", { token: secret }, { authorization: basic });
		expect(introspected.json()).toEqual({ active: false });
		await server.form("/oauth/revoke", { token: secret });
		expect((await server.whoami(secret)).json<{ detail: string }>().detail).toBe(refused.detail);
	});

	it("removes it from every member's list, with its keys, invitations and pairings", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId, "admin");
		const { token } = await invite(rin);
		const issued = await server.pair(rin);
		const approved = await server.startPairing();
		const approval = { workspaceId: rin.workspaceId, label: "Later" };
		await jo.request("POST", `/api/pairings/${approved.user_code}/approve`, approval);
		await remove(rin, "Rin's workspace");
		for (const person of [rin, jo]) {
			expect((await person.request("GET", "/api/workspaces")).body).not.toContain(rin.workspaceId);
			expect((await person.request("GET", `/api/workspaces/${rin.workspaceId}/keys`)).statusCode).toBe(404);
		}
		expect((await jo.request("POST", "/api/invitations/accept", { token })).statusCode).toBe(404);
		expect((await server.whoami(issued.access_token)).json()).toMatchObject({ code: "revoked_key" });
		expect((await server.poll(approved.device_code)).json()).toMatchObject({ error: "access_denied" });
		expect((await remove(rin, "Rin's workspace")).statusCode).toBe(404);
	});

	it("leaves other workspaces unchanged", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const { secret } = await jo.createKey();
		await remove(rin, "Rin's workspace");
		await sweepAll(server);
		expect((await server.whoami(secret)).statusCode).toBe(200);
	});

	it("deletes everything in steps after 30 days, when its keys become unknown", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { secret } = await rin.createKey("Kept");
		for (let n = 0; n < 120; n++) await rin.createKey(`Key ${n}`);
		await remove(rin, "Rin's workspace");
		await sweepAll(server);
		server.clock.advance(30 * A_DAY - 1);
		await sweepAll(server);
		expect((await server.whoami(secret)).json<{ detail: string }>().detail).toContain("its workspace was deleted");
		expect(rows(server, "api_key")).toBe(121);
		server.clock.advance(1);
		await server.app.storage.write(sweepDeletedWorkspaces, undefined);
		expect(rows(server, "api_key")).toBe(21);
		await sweepAll(server);
		expect((await server.whoami(secret)).json()).toMatchObject({ code: "unknown_key" });
		for (const table of ["workspace", "api_key", "activity"]) expect(rows(server, table)).toBe(0);
	});

	it.each([
		["admin", 403],
		["member", 403],
		[undefined, 404],
	] as const)("is refused for role %s with %i", async (role: Role | undefined, status) => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		if (role !== undefined) join(server, jo, rin.workspaceId, role);
		expect((await remove(jo, "Rin's workspace", rin.workspaceId)).statusCode).toBe(status);
		const url = `/api/workspaces/${rin.workspaceId}`;
		const anonymous = await server.app.inject({ method: "DELETE", url, payload: { name: "Rin's workspace" } });
		expect(anonymous.json()).toMatchObject({ status: 401, code: "no_session" });
	});
});
