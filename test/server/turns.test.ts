import { describe, expect, it, vi } from "vitest";

import { build, type TestServer } from "./helper.ts";
import { workSlowly } from "./storage/slow-work.ts";

function spyOnScans({ app: { storage } }: TestServer) {
	return [vi.spyOn(storage, "scan"), vi.spyOn(storage, "scanJson")] as const;
}

describe("a member's reads", () => {
	it("are queued by account and can be aborted", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey();
		const scans = spyOnScans(server);
		const path = `/api/workspaces/${rin.workspaceId}`;
		const pages = ["keys", "keys?q=lobby", `keys/${id}`, `keys/${id}/usage`, "people", "activity", "first-steps"];
		for (const url of [
			"/api/start",
			"/api/workspaces",
			"/api/account/sessions",
			...pages.map((page) => `${path}/${page}`),
		]) {
			for (const scan of scans) scan.mockClear();
			expect((await rin.request("GET", url)).statusCode, url).toBe(200);
			const calls = scans.flatMap((scan) => scan.mock.calls);
			expect(calls, url).not.toEqual([]);
			for (const [, , options] of calls) {
				expect(options?.account, url).toBe(rin.accountId);
				expect(options?.signal, url).toBeInstanceOf(AbortSignal);
			}
		}
	});

	it("are limited to two waiting searches per account", async () => {
		const server = await build();
		const rin = await server.signUp();
		const path = `/api/workspaces/${rin.workspaceId}`;
		const busy = workSlowly(server.app.storage, "scan", 300);
		const lists = ["people", "activity", "keys"].map((page) => rin.request("GET", `${path}/${page}`));
		const searches = ["a", "b", "c"].map((words) => rin.request("GET", `${path}/keys?q=${words}`));
		const responses = await Promise.all(searches);
		expect(responses.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 200, 429]);
		const refused = responses.find(({ statusCode }) => statusCode === 429);
		expect(refused?.headers["retry-after"]).toBe("1");
		for (const list of await Promise.all(lists)) expect(list.statusCode).toBe(200);
		await busy;
	});
});

describe("a member who is removed while their reads wait", () => {
	it("is shown nothing", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const jo = await server.signUp("Jo");
		server.db.prepare("INSERT INTO member VALUES (?, ?, 'member', 0)").run(rin.workspaceId, jo.accountId);
		const path = `/api/workspaces/${rin.workspaceId}`;
		const busy = workSlowly(server.app.storage, "scan", 400);
		const scans = spyOnScans(server);
		const pages = ["keys", "people", "activity", "checklist"];
		const waiting = pages.map((page) => jo.request("GET", `${path}/${page}`));
		await expect.poll(() => scans.flatMap((scan) => scan.mock.calls).length).toBe(pages.length);
		expect((await rin.request("DELETE", `${path}/people/${jo.accountId}`)).statusCode).toBe(204);
		await rin.createKey("After");
		for (const response of await Promise.all(waiting)) expect(response.statusCode).toBe(404);
		await busy;
	});
});

describe("revocation", () => {
	it("is written with high priority, like a key's first use", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey();
		const held = await rin.createKey();
		const paired = await server.pair(rin);
		const denied = await server.pair(rin);
		const write = vi.spyOn(server.app.storage, "write");
		const path = `/api/workspaces/${rin.workspaceId}`;
		await server.whoami(paired.access_token);
		await rin.request("DELETE", `${path}/keys/${id}`);
		await server.form("/oauth/revoke", { token: held.secret });
		await rin.request("POST", `/api/pairings/${denied.userCode}/deny`);
		await rin.request("DELETE", path, { name: "Rin's workspace" });
		await rin.request("POST", "/api/account/delete", { password: "correct horse battery" });
		expect(write.mock.calls.map(([store, , options]) => [store.name, options?.priority])).toEqual([
			["sealPairing", "high"],
			["revokeKeyAsMember", "high"],
			["revokeKey", "high"],
			["denyPairing", "high"],
			["deleteWorkspace", "high"],
			["deleteAccount", "high"],
		]);
	});
});
