import { describe, expect, it } from "vitest";

import {
	createBackend as insertBackend,
	deleteBackend,
	renameBackend,
} from "../../../server/backends/backend-writes.store.ts";
import type { ActivityList, Backend, BackendList, CreatedBackend, Role } from "../../../shared/wire.ts";
import { build, type Person } from "../helper.ts";
import { join } from "../people/helper.ts";
import { backendsOf, clientOf, createBackend, introspect } from "./helper.ts";

async function list(person: Person): Promise<Backend[]> {
	return (await person.request("GET", backendsOf(person))).json<BackendList>().backends;
}

describe("a workspace's backends", () => {
	it("are created with a secret that only this response contains", async () => {
		const server = await build({ env: { LOG_LEVEL: "trace" } });
		const rin = await server.signUp("Rin");
		const answer = await rin.request("POST", backendsOf(rin), { name: " Game API " });
		expect([answer.statusCode, answer.headers["cache-control"], answer.headers["pragma"]]).toEqual([
			201,
			"no-store",
			"no-cache",
		]);
		const { backend, secret } = answer.json<CreatedBackend>();
		expect(backend).toEqual({
			id: expect.stringMatching(/^bk_[0-9a-z]{20}$/) as unknown,
			name: "Game API",
			createdAt: new Date(server.clock.now()).toISOString(),
			createdBy: { id: rin.accountId, name: "Rin" },
			lastUsedAt: null,
		});
		expect(secret).toMatch(/^bks_[\w-]{43}$/);
		// What OAuth clients do to it (RFC 6749 §2.3.1) changes nothing.
		expect(new URLSearchParams({ secret }).toString()).toBe(`secret=${secret}`);
		expect((await createBackend(rin)).secret).not.toBe(secret);

		await introspect(server, { id: backend.id, secret }, "nonsense");
		const kept = Buffer.concat([await server.dataBytes(), Buffer.from(server.logs.join(""))]).toString("latin1");
		expect(kept).toContain(backend.id);
		expect(kept).not.toContain(secret);
		expect(kept).not.toContain(secret.slice("bks_".length));
		expect(kept).not.toContain(Buffer.from(`${backend.id}:${secret}`).toString("base64"));
		for (const path of [backendsOf(rin), `/api/workspaces/${rin.workspaceId}/activity`]) {
			expect((await rin.request("GET", path)).body).not.toContain(secret);
		}
	});

	it("are listed oldest first, renamed, and deleted once", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { backend } = await createBackend(rin, "One");
		server.clock.advance(1);
		const second = await createBackend(rin, "Two");
		const path = `${backendsOf(rin)}/${backend.id}`;
		expect((await rin.request("PATCH", path, { name: "First" })).json()).toEqual({
			backend: { ...backend, name: "First" },
		});
		expect(await list(rin)).toEqual([{ ...backend, name: "First" }, second.backend]);
		expect((await rin.request("DELETE", path)).statusCode).toBe(204);
		expect((await rin.request("DELETE", path)).json()).toMatchObject({ status: 404, code: "not_found" });
		expect(await list(rin)).toEqual([second.backend]);
	});

	it("are in the activity: created, renamed if the name changed, and deleted", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { backend } = await createBackend(rin, "One");
		const path = `${backendsOf(rin)}/${backend.id}`;
		await rin.request("PATCH", path, { name: "Two" });
		await rin.request("PATCH", path, { name: "Two" });
		await rin.request("DELETE", path);
		const answer = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/activity?limit=3`);
		expect(answer.json<ActivityList>().entries).toMatchObject([
			{ kind: "backend.deleted", actor: { name: "Rin" }, detail: { name: "Two" } },
			{ kind: "backend.renamed", actor: { name: "Rin" }, detail: { from: "One", to: "Two" } },
			{ kind: "backend.created", actor: { name: "Rin" }, detail: { name: "One" } },
		]);
	});

	it.each([
		["owner", 200, 201],
		["admin", 200, 201],
		["member", 200, 403],
		[undefined, 404, 404],
	] as const)("answer role %s with %i when seen and %i when changed", async (role: Role | undefined, see, change) => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		if (role !== undefined) join(server, jo, rin.workspaceId, role);
		const { backend, secret } = await createBackend(rin);
		const path = `${backendsOf(rin)}/${backend.id}`;
		expect((await jo.request("GET", backendsOf(rin))).statusCode).toBe(see);
		expect((await jo.request("POST", backendsOf(rin), { name: "Mine" })).statusCode).toBe(change);
		expect((await jo.request("PATCH", path, { name: "Mine" })).statusCode).toBe(change === 201 ? 200 : change);
		expect((await jo.request("DELETE", path)).statusCode).toBe(change === 201 ? 204 : change);
		const isDeleted = (await introspect(server, { id: backend.id, secret }, "nonsense")).statusCode === 401;
		expect(isDeleted).toBe(change === 201);
	});

	it("are not changed by someone whose right ended after the request began", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId, "member");
		const { backend } = await createBackend(rin);
		const actor = { accountId: jo.accountId, address: null };
		const { workspaceId } = rin;
		const { storage } = server.app;
		const forbidden = { statusCode: 403, code: "forbidden" };
		const secretHash = "00".repeat(32);
		const created = { actor, workspaceId, id: "bk_1", name: "Mine", secretHash };
		await expect(storage.write(insertBackend, created)).rejects.toMatchObject(forbidden);
		const { id } = backend;
		await expect(storage.write(renameBackend, { actor, workspaceId, id, name: "Mine" })).rejects.toMatchObject(
			forbidden,
		);
		await expect(storage.write(deleteBackend, { actor, workspaceId, id })).rejects.toMatchObject(forbidden);
		expect(await list(rin)).toEqual([backend]);
	});

	it("need a session", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		for (const [method, path] of [
			["GET", backendsOf(rin)],
			["POST", backendsOf(rin)],
			["PATCH", `${backendsOf(rin)}/bk_1`],
			["DELETE", `${backendsOf(rin)}/bk_1`],
		] as const) {
			const payload = method === "POST" || method === "PATCH" ? { payload: { name: "x" } } : {};
			const answer = await server.app.inject({ method, url: path, ...payload });
			expect(answer.json()).toMatchObject({ status: 401, code: "no_session" });
		}
	});

	it("cannot be changed through another workspace, even by its owner", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const { backend } = await createBackend(rin);
		const foreign = `${backendsOf(jo)}/${backend.id}`;
		expect((await jo.request("PATCH", foreign, { name: "Mine" })).statusCode).toBe(404);
		expect((await jo.request("DELETE", foreign)).statusCode).toBe(404);
		expect(await list(rin)).toEqual([backend]);
		expect(await list(jo)).toEqual([]);
	});

	it("stop at 100, with what to do", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		const rin = await server.signUp("Rin");
		for (let count = 0; count < 100; count++) await createBackend(rin, `Backend ${count}`);
		const refused = await rin.request("POST", backendsOf(rin), { name: "One more" });
		expect(refused.json()).toMatchObject({ status: 409, code: "too_many_backends" });
		expect(refused.body).toContain("Delete one");
	});

	it("stay when their maker leaves, and say so", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId, "admin");
		const created = (await jo.request("POST", backendsOf(rin), { name: "By Jo" })).json<CreatedBackend>();
		await jo.request("DELETE", `/api/workspaces/${rin.workspaceId}/people/${jo.accountId}`);
		expect(await list(rin)).toMatchObject([{ name: "By Jo", createdBy: { name: "Jo", left: true } }]);
		expect((await introspect(server, clientOf(created), "nonsense")).statusCode).toBe(200);
		const deleted = await jo.request("POST", "/api/account/delete", { password: "correct horse battery" });
		expect(deleted.statusCode).toBe(204);
		expect(await list(rin)).toMatchObject([{ name: "By Jo", createdBy: null }]);
		expect((await introspect(server, clientOf(created), "nonsense")).statusCode).toBe(200);
	});

	it("end with their workspace", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const created = await createBackend(rin);
		const { secret } = await rin.createKey();
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}`, { name: "Rin's workspace" });
		expect((await introspect(server, clientOf(created), secret)).json()).toMatchObject({ error: "invalid_client" });
		expect(server.db.prepare("SELECT count(*) FROM backend").pluck().get()).toBe(0);
	});
});
