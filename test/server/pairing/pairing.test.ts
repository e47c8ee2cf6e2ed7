import { describe, expect, it } from "vitest";

import type { Key } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";

async function keysOf(person: Person): Promise<Key[]> {
	const response = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys`);
	return response.json<{ keys: Key[] }>().keys;
}

async function active(person: Person): Promise<Key[]> {
	return (await keysOf(person)).filter((key) => key.state === "active");
}

async function errorOf(server: TestServer, deviceCode: string): Promise<string> {
	const response = await server.poll(deviceCode);
	expect(response.statusCode).toBe(400);
	expect(response.headers["content-type"]).toContain("application/json");
	expect(response.headers["www-authenticate"]).toBeUndefined();
	return response.json<{ error: string }>().error;
}

describe("pairing a place with a workspace", () => {
	it("shows what Studio reported, then issues a key with its workspace, label and approver", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const started = await server.startPairing({
			place_id: "606849621",
			universe_id: "245662005",
			studio_user_id: "156",
			place_name: "Crystal <b>Caverns</b>",
		});
		expect(started).toMatchObject({ expires_in: 600, interval: 2, verification_uri: "http://localhost:8787/pair" });
		expect(started.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
		expect(await errorOf(server, started.device_code)).toBe("authorization_pending");

		const typed = started.user_code.toLowerCase().replace("-", " ");
		const shown = await rin.request("GET", `/api/pairings/${encodeURIComponent(typed)}`);
		expect(shown.json()).toEqual({
			userCode: started.user_code,
			status: "pending",
			reported: {
				placeId: "606849621",
				universeId: "245662005",
				placeName: "Crystal <b>Caverns</b>",
				studioUserId: "156",
				intent: "connect",
			},
			previousKey: null,
			requestedFrom: { network: "127.0.0.0/8", sameAsYours: true, userAgent: "lightMyRequest" },
			createdAt: new Date(server.clock.now()).toISOString(),
			expiresAt: new Date(server.clock.now() + 600_000).toISOString(),
		});
		const body = { workspaceId: rin.workspaceId, label: "Production" };
		const approved = await rin.request("POST", `/api/pairings/${started.user_code}/approve`, body);
		expect(approved.json()).toMatchObject({ status: "approved" });

		const issued = await server.poll(started.device_code);
		expect(issued.headers).toMatchObject({ "cache-control": "no-store", pragma: "no-cache" });
		const token = issued.json<{ access_token: string; key: { id: string } }>();
		expect(token).toMatchObject({
			token_type: "Bearer",
			key: { label: "Production" },
			workspace: { id: rin.workspaceId, name: "Rin's workspace" },
			approved_by: "Rin",
			confirm_by: new Date(server.clock.now() + 600_000).toISOString(),
		});
		expect((await server.whoami(token.access_token)).json()).toMatchObject({ key: { id: token.key.id } });
		expect((await keysOf(rin))[0]).toMatchObject({
			origin: "studio",
			place: { placeId: "606849621", universeId: "245662005", name: "Crystal <b>Caverns</b>" },
			createdBy: { name: "Rin" },
		});
		expect(await errorOf(server, started.device_code)).toBe("invalid_grant");
	});

	it("limits approvals per account", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.02" } });
		const rin = await server.signUp("Rin");
		const approve = async () => {
			const { user_code } = await server.startPairing();
			const approval = { workspaceId: rin.workspaceId, label: "One" };
			return rin.request("POST", `/api/pairings/${user_code}/approve`, approval);
		};
		expect((await approve()).statusCode).toBe(200);
		server.clock.advance(61);
		const limited = await approve();
		expect(limited.statusCode).toBe(429);
		expect(limited.json()).toMatchObject({ detail: expect.stringContaining("many places") as string });
	});

	it("returns the same key to every poll until its first use seals it", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { device_code, user_code } = await server.startPairing();
		await rin.request("POST", `/api/pairings/${user_code}/approve`, { workspaceId: rin.workspaceId, label: "One" });
		const first = (await server.poll(device_code)).json<{ access_token: string }>();
		const second = (await server.poll(device_code)).json<{ access_token: string }>();
		expect(second).toEqual(first);
		expect(await active(rin)).toHaveLength(1);
		expect((await active(rin))[0]?.confirmedAt).toBeNull();
		await server.whoami(first.access_token);
		expect((await active(rin))[0]?.confirmedAt).toBe(new Date(server.clock.now()).toISOString());
		expect((await rin.request("GET", `/api/pairings/${user_code}`)).json()).toMatchObject({ status: "sealed" });
	});

	it("responds with slow_down only below three quarters of the interval, and never once approved", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { device_code, user_code } = await server.startPairing();
		expect(await errorOf(server, device_code)).toBe("authorization_pending");
		server.clock.advance(1.4);
		expect(await errorOf(server, device_code)).toBe("slow_down");
		server.clock.advance(1.5);
		expect(await errorOf(server, device_code)).toBe("authorization_pending");
		await rin.request("POST", `/api/pairings/${user_code}/approve`, { workspaceId: rin.workspaceId, label: "One" });
		expect((await server.poll(device_code)).statusCode).toBe(200);
	});

	it("ends when it is denied or expires", async () => {
		const server = await build();
		const rin = await server.signUp();
		const denied = await server.startPairing();
		expect((await rin.request("POST", `/api/pairings/${denied.user_code}/deny`, {})).json()).toMatchObject({
			status: "denied",
		});
		expect(await errorOf(server, denied.device_code)).toBe("access_denied");

		const late = await server.startPairing();
		server.clock.advance(600);
		expect(await errorOf(server, late.device_code)).toBe("expired_token");
		const approval = { workspaceId: rin.workspaceId, label: "Late" };
		const response = await rin.request("POST", `/api/pairings/${late.user_code}/approve`, approval);
		expect(response.json()).toMatchObject({ status: 410, code: "expired_code" });
		expect(await keysOf(rin)).toEqual([]);
	});

	it("withdraws an approval on denial, even after the key was issued", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { access_token, userCode } = await server.pair(rin);
		expect((await rin.request("POST", `/api/pairings/${userCode}/deny`, {})).json()).toMatchObject({
			status: "denied",
		});
		expect((await server.whoami(access_token)).json()).toMatchObject({ code: "revoked_key" });
		expect(await active(rin)).toEqual([]);
	});

	it("issues no key if the approver may no longer create keys", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code, device_code } = await server.startPairing();
		await rin.request("POST", `/api/pairings/${user_code}/approve`, { workspaceId: rin.workspaceId, label: "One" });
		demote(server, rin);
		expect(await errorOf(server, device_code)).toBe("access_denied");
		expect(await keysOf(rin)).toEqual([]);
	});

	it("revokes an unused key if its approver may no longer create keys", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code, device_code } = await server.startPairing();
		await rin.request("POST", `/api/pairings/${user_code}/approve`, { workspaceId: rin.workspaceId, label: "One" });
		await server.poll(device_code);
		demote(server, rin);
		expect(await errorOf(server, device_code)).toBe("access_denied");
		expect(await active(rin)).toEqual([]);
	});

	it("ends when its key is revoked before the first use, by any route", async () => {
		const server = await build();
		const rin = await server.signUp();
		const byDelete = await server.pair(rin);
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${byDelete.key.id}`);
		const byHolder = await server.pair(rin);
		expect((await server.form("/oauth/revoke", { token: byHolder.access_token })).statusCode).toBe(200);
		for (const { userCode, access_token } of [byDelete, byHolder]) {
			expect((await rin.request("GET", `/api/pairings/${userCode}`)).json()).toMatchObject({ status: "denied" });
			expect((await server.whoami(access_token)).json()).toMatchObject({ code: "revoked_key" });
		}
	});

	it("keeps its deadline when the wall clock is set back", async () => {
		const server = await build();
		const { device_code } = await server.startPairing();
		server.clock.advance(599);
		await server.startPairing();
		server.clock.set(server.clock.now() - 3_600_000);
		expect(await errorOf(server, device_code)).toBe("authorization_pending");
		server.clock.advance(2);
		expect(await errorOf(server, device_code)).toBe("expired_token");
	});
});

/** Directly in the database, since the last owner cannot be demoted over HTTP. */
function demote(server: TestServer, person: Person): void {
	server.db.prepare("UPDATE member SET role = 'member' WHERE account_id = ?").run(person.accountId);
}
