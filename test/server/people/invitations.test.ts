import { describe, expect, it } from "vitest";

import { linkTokenHash } from "../../../server/link-token.ts";
import { canSignUp } from "../../../server/people/invitations.store.ts";
import type { InvitationOffer } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { invite, join, newest, peopleOf, team } from "./helper.ts";

const SEVEN_DAYS = 7 * 24 * 3600;

function look(server: TestServer, token: string) {
	return server.app.inject({ method: "POST", url: "/api/invitations/look", payload: { token } });
}

function accept(person: Person, token: string) {
	return person.request("POST", "/api/invitations/accept", { token });
}

/** True if an account can be created with it. */
function canBeUsedToSignUp(server: TestServer, token: string): Promise<boolean> {
	return server.app.storage.read(canSignUp, { tokenHash: linkTokenHash(token) });
}

async function three(): Promise<{ server: TestServer; rin: Person; jo: Person; kim: Person }> {
	const server = await build();
	return { server, rin: await server.signUp("Rin"), jo: await server.signUp("Jo"), kim: await server.signUp("Kim") };
}

describe("an invitation", () => {
	it("is a link with a secret in its fragment, which is stored and logged nowhere", async () => {
		const { server, rin } = await three();
		const { link, token, invitation } = await invite(rin);
		expect(link).toMatch(/^http:\/\/localhost:8787\/invite#[A-Za-z0-9_-]{43}$/);
		expect(invitation).toMatchObject({ role: "admin", createdBy: { id: rin.accountId, name: "Rin" } });
		expect(Date.parse(invitation.expiresAt) - server.clock.now()).toBe(SEVEN_DAYS * 1000);
		expect((await server.dataBytes()).includes(token)).toBe(false);
		expect(server.logs.join("")).not.toContain(token);
		expect(JSON.stringify(await newest(rin, 5))).not.toContain(token);
	});

	it("shows what it offers to anyone with the link, signed in or not", async () => {
		const { server, rin } = await three();
		const { token, invitation } = await invite(rin, "member");
		expect((await look(server, token)).json<InvitationOffer>()).toEqual({
			workspace: { id: rin.workspaceId, name: "Rin's workspace" },
			role: "member",
			invitedBy: { id: rin.accountId, name: "Rin" },
			expiresAt: invitation.expiresAt,
		});
	});

	it("can be accepted once", async () => {
		const { server, rin, jo, kim } = await three();
		const { token } = await invite(rin);
		const workspace = { id: rin.workspaceId, name: "Rin's workspace", role: "admin" };
		expect((await accept(jo, token)).json()).toEqual({ workspace });
		expect((await jo.request("GET", "/api/workspaces")).json()).toMatchObject({
			workspaces: expect.arrayContaining([workspace]) as unknown,
		});
		expect(await newest(rin, 2)).toMatchObject([
			{ kind: "person.joined", actor: { name: "Jo" }, person: { name: "Jo" }, detail: { role: "admin" } },
			{ kind: "invitation.created", actor: { name: "Rin" }, person: null, detail: { role: "admin" } },
		]);
		expect((await accept(kim, token)).json()).toMatchObject({ status: 404, code: "unknown_invitation" });
		expect((await look(server, token)).json()).toMatchObject({ status: 404, code: "unknown_invitation" });
		expect((await peopleOf(rin)).invitations).toEqual([]);
	});

	it("lets in only one of two people who accept at once", async () => {
		const { rin, jo, kim } = await three();
		const { token } = await invite(rin);
		const answers = await Promise.all([accept(jo, token), accept(kim, token)]);
		expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 404]);
		expect((await peopleOf(rin)).people).toHaveLength(2);
	});

	it("is not used up by someone who already has a higher role", async () => {
		const { rin, jo, kim } = await three();
		const { token } = await invite(rin, "member");
		expect((await accept(rin, token)).json()).toMatchObject({ workspace: { role: "owner" } });
		expect(await newest(rin, 1)).toMatchObject([{ kind: "invitation.created" }]);
		expect((await accept(jo, token)).statusCode).toBe(200);
		expect((await accept(kim, token)).statusCode).toBe(404);
	});

	it("is not used up by someone who already has the same role", async () => {
		const { server, rin, jo, kim } = await three();
		join(server, jo, rin.workspaceId, "member");
		const { token } = await invite(rin, "member");
		expect((await accept(jo, token)).json()).toMatchObject({ workspace: { role: "member" } });
		expect(await newest(rin, 1)).toMatchObject([{ kind: "invitation.created" }]);
		expect((await accept(kim, token)).statusCode).toBe(200);
	});

	it("raises a member's role and is used up", async () => {
		const { server, rin, jo, kim } = await three();
		join(server, jo, rin.workspaceId, "member");
		const { token } = await invite(rin, "admin");
		expect((await accept(jo, token)).json()).toMatchObject({ workspace: { role: "admin" } });
		expect(await newest(rin, 1)).toMatchObject([
			{ kind: "person.role_changed", actor: { name: "Jo" }, detail: { from: "member", to: "admin" } },
		]);
		expect((await accept(kim, token)).statusCode).toBe(404);
	});

	it("expires after seven days", async () => {
		const { server, rin } = await three();
		const { token } = await invite(rin);
		server.clock.advance(SEVEN_DAYS - 1);
		expect((await look(server, token)).statusCode).toBe(200);
		expect(await canBeUsedToSignUp(server, token)).toBe(true);
		server.clock.advance(1);
		expect((await look(server, token)).json()).toMatchObject({ status: 410, code: "expired_invitation" });
		expect(await canBeUsedToSignUp(server, token)).toBe(false);
		const again = await server.signUp("Jo again");
		expect((await accept(again, token)).json()).toMatchObject({ status: 410, code: "expired_invitation" });
		const list = await again.request("GET", `/api/workspaces/${rin.workspaceId}/people`);
		expect(list.json()).toMatchObject({ status: 404, code: "not_found" });
	});

	it("can be withdrawn by owners", async () => {
		const { server, rin, jo } = await three();
		const { token, invitation } = await invite(rin);
		const url = `/api/workspaces/${rin.workspaceId}/invitations/${invitation.id}`;
		expect((await rin.request("DELETE", url)).statusCode).toBe(204);
		expect((await accept(jo, token)).json()).toMatchObject({ status: 404, code: "unknown_invitation" });
		expect(await newest(rin, 1)).toMatchObject([{ kind: "invitation.withdrawn", detail: { role: "admin" } }]);
		expect((await rin.request("DELETE", url)).json()).toMatchObject({ status: 404 });
		expect(await canBeUsedToSignUp(server, token)).toBe(false);
	});

	it.each(["becomes an admin", "is removed"])("ends for good when its creator %s", async (how) => {
		const { server, rin, jo, kim } = await three();
		join(server, jo, rin.workspaceId, "owner");
		const url = `/api/workspaces/${rin.workspaceId}`;
		const { token: kept } = await invite(rin, "member");
		const created = await jo.request("POST", `${url}/invitations`, { role: "member" });
		const token = new URL(created.json<{ link: string }>().link).hash.slice(1);
		if (how === "is removed") await rin.request("DELETE", `${url}/people/${jo.accountId}`);
		else await rin.request("PATCH", `${url}/people/${jo.accountId}`, { role: "admin" });
		expect((await look(server, token)).json()).toMatchObject({ status: 404, code: "unknown_invitation" });
		expect(await canBeUsedToSignUp(server, token)).toBe(false);
		if (how === "is removed") join(server, jo, rin.workspaceId, "owner");
		else await rin.request("PATCH", `${url}/people/${jo.accountId}`, { role: "owner" });
		expect((await accept(kim, token)).json()).toMatchObject({ status: 404, code: "unknown_invitation" });
		expect((await accept(kim, kept)).statusCode).toBe(200);
	});

	it("is refused when the workspace has 100 open ones", async () => {
		const { rin } = await three();
		for (let n = 0; n < 100; n++) await invite(rin, "member");
		const url = `/api/workspaces/${rin.workspaceId}/invitations`;
		const more = await rin.request("POST", url, { role: "member" });
		expect(more.json()).toMatchObject({ status: 409, code: "too_many_invitations" });
		const [first] = (await peopleOf(rin)).invitations;
		await rin.request("DELETE", `${url}/${first?.id}`);
		expect((await rin.request("POST", url, { role: "member" })).statusCode).toBe(201);
	});

	it("cannot offer the owner role", async () => {
		const { rin } = await three();
		const url = `/api/workspaces/${rin.workspaceId}/invitations`;
		expect((await rin.request("POST", url, { role: "owner" })).json()).toMatchObject({ status: 400 });
	});

	it("cannot be accepted without a session", async () => {
		const { server, rin } = await three();
		const { token } = await invite(rin);
		const answer = await server.app.inject({ method: "POST", url: "/api/invitations/accept", payload: { token } });
		expect(answer.json()).toMatchObject({ status: 401, code: "no_session" });
	});

	it.each(["admin", "member"] as const)("cannot be created or withdrawn by role %s", async (role) => {
		const { rin, jo } = await team(role);
		const { invitation } = await invite(rin);
		const url = `/api/workspaces/${rin.workspaceId}/invitations`;
		for (const answer of [
			await jo.request("POST", url, { role: "member" }),
			await jo.request("DELETE", `${url}/${invitation.id}`),
		]) {
			expect(answer.json()).toMatchObject({ status: 403, code: "forbidden" });
		}
	});

	it("answers 404 to non-members, and 401 without a session", async () => {
		const { server, rin, jo } = await three();
		const { invitation } = await invite(rin);
		const invitations = `/api/workspaces/${rin.workspaceId}/invitations`;
		for (const [method, url, body] of [
			["POST", invitations, { role: "member" }],
			["DELETE", `${invitations}/${invitation.id}`, undefined],
		] as const) {
			expect((await jo.request(method, url, body)).json()).toMatchObject({ status: 404, code: "not_found" });
			const anonymous = await server.app.inject({ method, url, ...(body && { payload: body }) });
			expect(anonymous.json()).toMatchObject({ status: 401, code: "no_session" });
		}
	});
});

describe("guessing invitations", () => {
	it("is limited per address without limiting valid links", async () => {
		const { server, rin, jo } = await three();
		const { token } = await invite(rin);
		const wrong = "x".repeat(43);
		for (let n = 0; n < 100; n++) expect((await look(server, wrong)).statusCode).toBe(404);
		const limited = await look(server, wrong);
		expect(limited.statusCode).toBe(429);
		expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
		expect((await accept(jo, wrong)).statusCode).toBe(429);
		expect((await look(server, token)).statusCode).toBe(200);
		expect((await accept(jo, token)).statusCode).toBe(200);
	});

	it("answers malformed tokens like unknown ones", async () => {
		const { server } = await three();
		for (const token of ["", "../..", "a".repeat(44)]) {
			expect((await look(server, token)).json()).toMatchObject({ status: 404, code: "unknown_invitation" });
		}
		expect((await server.app.inject({ method: "POST", url: "/api/invitations/look", payload: {} })).statusCode).toBe(
			400,
		);
	});
});
