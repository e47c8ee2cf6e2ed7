import { describe, expect, it } from "vitest";

import { build, type Person, type TestServer } from "../helper.ts";
import { join } from "../people/helper.ts";

function approve(person: Person, userCode: string, body: Record<string, unknown> = {}) {
	const answer = { workspaceId: person.workspaceId, label: "One", ...body };
	return person.request("POST", `/api/pairings/${userCode}/approve`, answer);
}

async function secretOf(server: TestServer, deviceCode: string): Promise<string> {
	return (await server.poll(deviceCode)).json<{ access_token: string }>().access_token;
}

async function refusal(server: TestServer, deviceCode: string): Promise<string | undefined> {
	return (await server.poll(deviceCode)).json<{ error?: string }>().error;
}

describe("an approval", () => {
	it("is refused in a workspace where the person may not create keys", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId, "member");
		const { user_code, device_code } = await server.startPairing();
		const refused = await approve(jo, user_code, { workspaceId: rin.workspaceId });
		expect(refused.json()).toMatchObject({ status: 403, code: "forbidden" });
		expect(await refusal(server, device_code)).toBe("authorization_pending");
	});

	it("cannot be changed by another one: neither its workspace nor the fate of the old key", async () => {
		const server = await build();
		const rin = await server.signUp();
		const other = await rin.request("POST", "/api/workspaces", { name: "Other" });
		const otherId = other.json<{ workspace: { id: string } }>().workspace.id;
		const old = await rin.createKey();
		const { user_code, device_code } = await server.startPairing({ intent: "reconnect", key_id: old.id });
		expect((await approve(rin, user_code)).statusCode).toBe(200);
		for (const change of [{ workspaceId: otherId }, { previousKey: "revoke" }]) {
			const refused = await approve(rin, user_code, change);
			expect(refused.json(), JSON.stringify(change)).toMatchObject({ status: 409, code: "already_answered" });
		}
		expect((await server.whoami(await secretOf(server, device_code))).json()).toMatchObject({
			workspace: { id: rin.workspaceId },
		});
		expect((await server.whoami(old.secret)).statusCode).toBe(200);
	});

	it("is refused after a denial", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code, device_code } = await server.startPairing();
		await approve(rin, user_code);
		await rin.request("POST", `/api/pairings/${user_code}/deny`, {});
		expect((await approve(rin, user_code)).json()).toMatchObject({ status: 409, code: "already_answered" });
		expect(await refusal(server, device_code)).toBe("access_denied");
	});

	it("gives Studio the full lifetime of the code to install the key", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code, device_code, expires_in } = await server.startPairing();
		server.clock.advance(expires_in - 1);
		await approve(rin, user_code);
		server.clock.advance(expires_in - 1);
		expect((await server.whoami(await secretOf(server, device_code))).statusCode).toBe(200);
	});
});

describe("a code", () => {
	it("can be neither denied nor released once its key is in use, nor released once approved", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code, device_code } = await server.startPairing();
		await approve(rin, user_code);
		const path = `/api/pairings/${user_code}`;
		expect((await rin.request("POST", `${path}/release`, {})).json()).toMatchObject({ code: "already_answered" });
		const secret = await secretOf(server, device_code);
		await server.whoami(secret);
		for (const answer of ["deny", "release"]) {
			const refused = await rin.request("POST", `${path}/${answer}`, {});
			expect(refused.json(), answer).toMatchObject({ status: 409, code: "already_answered" });
		}
		expect((await server.whoami(secret)).statusCode).toBe(200);
	});

	it("that has expired is reported as expired, and belongs to no one", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const { user_code, expires_in } = await server.startPairing();
		server.clock.advance(expires_in);
		for (const person of [rin, jo]) {
			const refused = await person.request("GET", `/api/pairings/${user_code}`);
			expect(refused.json()).toMatchObject({ status: 410, code: "expired_code" });
		}
	});

	it("cannot be claimed by someone who may create keys nowhere", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		join(server, jo, rin.workspaceId, "member");
		await jo.request("DELETE", `/api/workspaces/${jo.workspaceId}`, { name: "Jo's workspace" });
		const { user_code } = await server.startPairing();
		const refused = await jo.request("GET", `/api/pairings/${user_code}`);
		expect(refused.json()).toMatchObject({ status: 403, code: "forbidden" });
		expect((await rin.request("GET", `/api/pairings/${user_code}`)).statusCode).toBe(200);
	});

	it("is not guessed by many accounts at one address", async () => {
		// A tenth of the limits: one wrong code per account, ten per address.
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.1" } });
		const insert = server.db.prepare(
			"INSERT INTO wrong_user_code (account_id, address, at) VALUES (?, '127.0.0.1', ?)",
		);
		for (let count = 0; count < 8; count++) insert.run(`other-${count}`, server.clock.now());
		const codes: number[] = [];
		for (const name of ["Rin", "Jo", "Eve", "Ada"]) {
			const person = await server.signUp(name);
			codes.push((await person.request("GET", "/api/pairings/BBBB-BBBB")).statusCode);
		}
		expect(codes).toEqual([404, 404, 429, 429]);
	});
});

it("the end of a membership ends only that person's pairings", async () => {
	const server = await build();
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	join(server, jo, rin.workspaceId, "admin");
	const ofRin = await server.startPairing();
	const ofJo = await server.startPairing();
	await approve(rin, ofRin.user_code);
	await approve(jo, ofJo.user_code, { workspaceId: rin.workspaceId });
	await jo.request("DELETE", `/api/workspaces/${rin.workspaceId}/people/${jo.accountId}`);
	expect(await refusal(server, ofJo.device_code)).toBe("access_denied");
	expect((await server.whoami(await secretOf(server, ofRin.device_code))).statusCode).toBe(200);
});
