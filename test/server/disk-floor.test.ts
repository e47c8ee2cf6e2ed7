import { describe, expect, it } from "vitest";

import { build, type Person, type TestServer } from "./helper.ts";
import { invite } from "./people/helper.ts";

const MB = 1024 * 1024;
const PASSWORD = "correct horse battery";

/** A server on a disk whose free space the test sets. */
async function onDisk(env: Record<string, string> = {}) {
	let free = 1_000 * MB;
	const server = await build({ env: { DISK_FLOOR_MB: "100", ...env }, freeBytes: () => free });
	return {
		server,
		setFree(megabytes: number): void {
			free = megabytes * MB;
			server.clock.advance(2);
		},
	};
}

const codeOf = ({ statusCode, body }: { statusCode: number; body: string }) =>
	body === "" ? [statusCode] : [statusCode, (JSON.parse(body) as { code?: string }).code];

function signIn(server: TestServer, email: string) {
	const headers = { origin: "http://localhost:8787" };
	const payload = { email, password: PASSWORD };
	return server.app.inject({ method: "POST", url: "/api/auth/sign-in/email", headers, payload });
}

describe("below the floor of free disk", () => {
	it("nothing new is stored, and the answer says why and when to try again", async () => {
		const { server, setFree } = await onDisk();
		const rin = await server.signUp();
		const { token } = await invite(rin);
		const jo = await server.signUp("Jo");
		const { id } = await rin.createKey();
		const waiting = await server.startPairing();
		setFree(99);
		const workspace = `/api/workspaces/${rin.workspaceId}`;
		const changes: [Person, "POST" | "PATCH" | "PUT", string, object][] = [
			[rin, "POST", `${workspace}/keys`, { label: "New" }],
			[rin, "PATCH", `${workspace}/keys/${id}`, { label: "New" }],
			[rin, "POST", `${workspace}/backends`, { name: "New" }],
			[rin, "POST", `${workspace}/invitations`, { role: "admin" }],
			[rin, "PATCH", workspace, { name: "New" }],
			[rin, "POST", "/api/workspaces", { name: "New" }],
			[rin, "PATCH", "/api/account", { name: "New" }],
			[jo, "POST", "/api/invitations/accept", { token }],
			[rin, "POST", `/api/pairings/${waiting.user_code}/approve`, { workspaceId: rin.workspaceId, label: "New" }],
		];
		for (const [person, method, url, body] of changes) {
			const answer = await person.request(method, url, body);
			expect([url, ...codeOf(answer)]).toEqual([url, 503, "disk_low"]);
			expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
			expect(answer.json<{ detail: string }>().detail).toContain("almost full");
		}
		await expect(server.signUp("Kim")).rejects.toThrow("disk_low");
		await expect(server.startPairing()).rejects.toThrow("temporarily_unavailable");
		setFree(200);
		for (const [person, method, url, body] of changes) {
			expect((await person.request(method, url, body)).statusCode, url).toBeLessThan(300);
		}
	});

	it("games authenticate and are counted, and a delivered key seals", async () => {
		const { server, setFree } = await onDisk();
		const rin = await server.signUp();
		const { id, secret } = await rin.createKey();
		const paired = await server.pair(rin);
		setFree(0);
		expect((await server.whoami(secret)).statusCode).toBe(200);
		expect((await server.whoami(paired.access_token)).statusCode).toBe(200);
		expect(await server.app.usage.flush()).toBe(true);
		const key = server.db.prepare("SELECT last_used_at AS used FROM api_key WHERE id = ?").get(id);
		expect(key).toEqual({ used: server.clock.now() });
		const sealed = server.db.prepare("SELECT sealed_at AS at FROM api_key WHERE id = ?").get(paired.key.id);
		expect(sealed).toEqual({ at: server.clock.now() });
	});

	it("people revoke, deny, end, leave, and sign in and out", async () => {
		const { server, setFree } = await onDisk();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const workspace = `/api/workspaces/${rin.workspaceId}`;
		const { token, invitation } = await invite(rin);
		await jo.request("POST", "/api/invitations/accept", { token });
		const open = (await invite(rin)).invitation;
		expect(open.id).not.toBe(invitation.id);
		const { id } = await rin.createKey();
		const { secret } = await rin.createKey();
		const backend = (await rin.request("POST", `${workspace}/backends`, { name: "Game" })).json<{
			backend: { id: string };
		}>().backend;
		const [denied, released] = [await server.startPairing(), await server.startPairing()];
		const again = (await signIn(server, rin.email)).cookies[0];
		setFree(0);
		expect(codeOf(await rin.request("DELETE", `${workspace}/keys/${id}`))).toEqual([204]);
		expect((await server.form("/oauth/revoke", { token: secret })).statusCode).toBe(200);
		expect((await rin.request("GET", `/api/pairings/${released.user_code}`)).statusCode).toBe(200);
		expect((await rin.request("POST", `/api/pairings/${released.user_code}/release`, {})).statusCode).toBe(200);
		expect((await rin.request("POST", `/api/pairings/${denied.user_code}/deny`, {})).statusCode).toBe(200);
		expect(codeOf(await rin.request("DELETE", `${workspace}/backends/${backend.id}`))).toEqual([204]);
		expect(codeOf(await rin.request("DELETE", `${workspace}/invitations/${open.id}`))).toEqual([204]);
		const joUrl = `${workspace}/people/${jo.accountId}`;
		expect((await rin.request("PATCH", joUrl, { role: "member" })).statusCode).toBe(200);
		expect(codeOf(await rin.request("DELETE", joUrl))).toEqual([204]);
		expect((await signIn(server, jo.email)).statusCode).toBe(200);
		expect(server.db.prepare("SELECT kind FROM account_event ORDER BY id DESC").pluck().get()).toBe("signed_in");
		expect(codeOf(await jo.request("DELETE", "/api/account/review"))).toEqual([204]);
		const headers = { cookie: `${again?.name}=${again?.value}`, origin: "http://localhost:8787" };
		expect((await server.app.inject({ method: "POST", url: "/api/auth/sign-out", headers })).statusCode).toBe(200);
		expect(codeOf(await rin.request("DELETE", "/api/account/sessions"))).toEqual([204]);
		const passwords = { currentPassword: PASSWORD, newPassword: "another horse battery" };
		expect(codeOf(await rin.request("POST", "/api/account/password", passwords))).toEqual([204]);
	});

	it("the server is ready, and says that the disk is low: once in the log, and in its metrics", async () => {
		const { server, setFree } = await onDisk();
		const lines = () => server.logs.filter((line) => line.includes("disk"));
		const metrics = async () =>
			(await server.app.inject({ url: "/metrics", headers: { host: "localhost:8787" } })).body.match(
				/^auxvyn_disk\S+ \S+$/gm,
			);
		const ready = async () => (await server.app.inject("/readyz")).json<object>();
		expect(await ready()).toEqual({ status: "ready", clock: { leadSeconds: 0 }, disk: { low: false } });
		setFree(99);
		expect(await ready()).toEqual({ status: "ready", clock: { leadSeconds: 0 }, disk: { low: true } });
		expect(await metrics()).toEqual([`auxvyn_disk_free_bytes ${99 * MB}`, "auxvyn_disk_low 1"]);
		setFree(50);
		await ready();
		expect(lines()).toEqual([expect.stringContaining("the disk is almost full")]);
		// A little more than the floor is not enough to go on.
		setFree(110);
		expect(await ready()).toEqual({ status: "ready", clock: { leadSeconds: 0 }, disk: { low: true } });
		setFree(130);
		expect(await ready()).toEqual({ status: "ready", clock: { leadSeconds: 0 }, disk: { low: false } });
		expect(lines()).toHaveLength(2);
		expect(await metrics()).toEqual([`auxvyn_disk_free_bytes ${130 * MB}`, "auxvyn_disk_low 0"]);
	});

	it("DISK_FLOOR_MB=0 turns it off", async () => {
		const { server, setFree } = await onDisk({ DISK_FLOOR_MB: "0" });
		setFree(0);
		expect((await server.signUp()).accountId).not.toBe("");
	});
});
