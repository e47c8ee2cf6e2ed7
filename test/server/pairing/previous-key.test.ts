import { describe, expect, it } from "vitest";

import { generateKey } from "../../../server/keys/manage/generate-key.ts";
import type { Key, Pairing, Problem, TokenResponse } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const REVOKE = { previousKey: "revoke" };
const RECONNECT = { intent: "reconnect" };

async function keyOf(person: Person, id: string): Promise<Key> {
	const response = await person.request("GET", `/api/workspaces/${person.workspaceId}/keys/${id}`);
	return response.json<{ key: Key }>().key;
}

async function shownTo(person: Person, userCode: string): Promise<Pairing["previousKey"]> {
	return (await person.request("GET", `/api/pairings/${userCode}`)).json<Pairing>().previousKey;
}

/** Reconnects with `headers` and approves with `approval`. */
async function approve(
	{ server, person }: { server: TestServer; person: Person },
	parameters: Record<string, string>,
	headers: Record<string, string>,
	approval: Record<string, unknown>,
) {
	const started = await server.startPairing({ ...RECONNECT, ...parameters }, headers);
	const body = { workspaceId: person.workspaceId, label: "New", ...approval };
	const answer = await person.request("POST", `/api/pairings/${started.user_code}/approve`, body);
	return { ...started, answer, body };
}

async function secretOf(server: TestServer, deviceCode: string): Promise<string> {
	return (await server.poll(deviceCode)).json<TokenResponse>().access_token;
}

describe("the key that a place has on reconnect", () => {
	it("is revoked on the new key's first use if the client proved to hold it, and kept if the approver chose so", async () => {
		const server = await build();
		const rin = await server.signUp();
		const one = await server.pair(rin);
		await server.whoami(one.access_token);
		const two = await server.pair(rin, RECONNECT, {}, bearer(one.access_token));
		await server.whoami(two.access_token);
		expect((await server.whoami(one.access_token)).statusCode).toBe(200);
		expect((await keyOf(rin, one.key.id)).replacedBy).toMatchObject({ id: two.key.id });

		const started = await server.startPairing(RECONNECT, bearer(two.access_token));
		expect(await shownTo(rin, started.user_code)).toMatchObject({
			...{ id: two.key.id, hint: two.access_token.slice(-4), proven: true },
		});
		const body = { workspaceId: rin.workspaceId, label: "Three", ...REVOKE };
		const path = `/api/pairings/${started.user_code}/approve`;
		for (const repeated of [await rin.request("POST", path, body), await rin.request("POST", path, body)])
			expect(repeated.json()).toMatchObject({ status: "approved" });
		const three = await secretOf(server, started.device_code);
		expect((await server.whoami(two.access_token)).statusCode).toBe(200);
		expect((await server.whoami(three)).statusCode).toBe(200);
		expect((await server.whoami(two.access_token)).json()).toMatchObject({ code: "revoked_key" });
		expect((await server.whoami(one.access_token)).statusCode).toBe(200);
	});

	it("is the proven one, whatever key id is reported", async () => {
		const server = await build();
		const rin = await server.signUp();
		const [production, mine] = [await rin.createKey("Production"), await rin.createKey("Mine")];
		const parameters = { key_id: production.id };
		const started = await approve({ server, person: rin }, parameters, bearer(mine.secret), REVOKE);
		expect(started.answer.json()).toMatchObject({ previousKey: { id: mine.id, proven: true } });
		await server.whoami(await secretOf(server, started.device_code));
		expect((await server.whoami(production.secret)).statusCode).toBe(200);
		expect((await server.whoami(mine.secret)).json()).toMatchObject({ code: "revoked_key" });
		expect((await keyOf(rin, production.id)).replacedBy).toBeNull();
	});

	it("is only reported without a key that works, and cannot be revoked then", async () => {
		const server = await build();
		const rin = await server.signUp();
		const production = await rin.createKey("Production");
		const dead = await rin.createKey("Dead");
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${dead.id}`);
		const unsealed = await server.pair(rin);
		server.clock.advance(600);
		const proofs = {
			none: {},
			dead: bearer(dead.secret),
			unknown: bearer(generateKey()),
			"not used in time": bearer(unsealed.access_token),
			malformed: bearer(production.secret.slice(0, -1)),
			"someone else's": bearer("another API's token"),
			"in another header": { "x-api-key": production.secret },
		};
		for (const [name, headers] of Object.entries(proofs)) {
			const parameters = { key_id: production.id };
			const refused = await approve({ server, person: rin }, parameters, headers, REVOKE);
			expect(refused.answer.json(), name).toMatchObject({ status: 409, code: "previous_key_unproven" });
			expect(await shownTo(rin, refused.user_code), name).toMatchObject({ id: production.id, proven: false });
			const kept = { ...refused.body, previousKey: "keep" };
			const approved = await rin.request("POST", `/api/pairings/${refused.user_code}/approve`, kept);
			expect(approved.statusCode, name).toBe(200);
			await server.whoami(await secretOf(server, refused.device_code));
		}
		expect((await server.whoami(production.secret)).statusCode).toBe(200);
	});

	it("is not revoked if the new key is not used in time", async () => {
		const server = await build();
		const rin = await server.signUp();
		const old = await rin.createKey();
		const { device_code } = await approve({ server, person: rin }, {}, bearer(old.secret), REVOKE);
		const fresh = await secretOf(server, device_code);
		server.clock.advance(600);
		expect((await server.whoami(fresh)).json()).toMatchObject({ code: "revoked_key" });
		expect((await server.whoami(old.secret)).statusCode).toBe(200);
	});

	it("is neither shown nor revoked where the viewer may not manage keys", async () => {
		const server = await build();
		const [rin, eve] = [await server.signUp("Rin"), await server.signUp("Eve")];
		const rins = await rin.createKey();
		const cases = [
			{ parameters: { key_id: rins.id }, headers: {}, code: "previous_key_unproven" },
			{ parameters: {}, headers: bearer(rins.secret), code: "previous_key_elsewhere" },
		];
		for (const { parameters, headers, code } of cases) {
			const refused = await approve({ server, person: eve }, parameters, headers, REVOKE);
			expect(refused.answer.json()).toMatchObject({ status: 409, code });
			expect(await shownTo(eve, refused.user_code)).toBeNull();
			const kept = { ...refused.body, previousKey: "keep" };
			await eve.request("POST", `/api/pairings/${refused.user_code}/approve`, kept);
			await server.whoami(await secretOf(server, refused.device_code));
		}
		expect((await keyOf(rin, rins.id)).replacedBy).toBeNull();
		expect((await server.whoami(rins.secret)).statusCode).toBe(200);
	});

	it("can neither be revoked nor retired from another workspace, even by its owner", async () => {
		const server = await build();
		const rin = await server.signUp();
		const other = await rin.request("POST", "/api/workspaces", { name: "Other" });
		const { id: workspaceId } = other.json<{ workspace: { id: string } }>().workspace;
		const old = await rin.createKey();
		for (const previousKey of ["revoke", "retire"] as const) {
			const approval = { previousKey, workspaceId };
			const { answer } = await approve({ server, person: rin }, {}, bearer(old.secret), approval);
			const { status, code, detail } = answer.json<Problem>();
			expect({ status, code }).toEqual({ status: 409, code: "previous_key_elsewhere" });
			expect(detail).toContain("this approval can neither retire nor revoke it. Choose to keep it.");
		}
	});

	it("stays if the approver may no longer manage keys when the new key is first used", async () => {
		const server = await build();
		const rin = await server.signUp();
		const old = await rin.createKey();
		const { device_code } = await approve({ server, person: rin }, {}, bearer(old.secret), REVOKE);
		const fresh = await secretOf(server, device_code);
		server.db.prepare("UPDATE member SET role = 'member' WHERE account_id = ?").run(rin.accountId);
		expect((await server.whoami(fresh)).statusCode).toBe(200);
		expect((await server.whoami(old.secret)).statusCode).toBe(200);
	});

	it("counts as used by the plugin if it is active, and as nothing if it is not", async () => {
		const server = await build();
		const rin = await server.signUp();
		const [alive, dead] = [await rin.createKey("Alive"), await rin.createKey("Dead")];
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${dead.id}`);
		for (const { secret } of [alive, dead]) await server.startPairing(RECONNECT, bearer(secret));
		await server.app.usage.flush();
		expect(await keyOf(rin, alive.id)).toMatchObject({ plugin: { requests24h: 1 }, requests24h: 0, lastUsedAt: null });
		expect(await keyOf(rin, dead.id)).toMatchObject({ plugin: { requests24h: 0 }, lastRefusedAt: null });
	});

	it("is not sealed by its proof", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { key, access_token, userCode } = await server.pair(rin);
		const { user_code } = await server.startPairing(RECONNECT, bearer(access_token));
		expect(await shownTo(rin, user_code)).toMatchObject({ id: key.id, proven: true });
		expect((await keyOf(rin, key.id)).confirmedAt).toBeNull();
		expect((await rin.request("GET", `/api/pairings/${userCode}`)).json()).toMatchObject({ status: "issued" });
	});

	it("is not looked at from an address that has guessed too often", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.05" } });
		const rin = await server.signUp();
		const old = await rin.createKey();
		const isProven = async (headers: Record<string, string>) => {
			const { user_code } = await server.startPairing({ ...RECONNECT, key_id: old.id }, headers);
			return (await shownTo(rin, user_code))?.proven;
		};
		for (let guess = 0; guess < 29; guess++) await server.whoami(generateKey());
		expect(await isProven(bearer(old.secret))).toBe(true);
		// The thirtieth guess.
		expect(await isProven(bearer(generateKey()))).toBe(false);
		expect(await isProven(bearer(old.secret))).toBe(false);
		server.clock.advance(60);
		expect(await isProven(bearer(old.secret))).toBe(true);
	});
});
