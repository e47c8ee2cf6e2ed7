import { describe, expect, it } from "vitest";

import { invite, peopleOf, team } from "./helper.ts";

describe("a workspace's people", () => {
	it("are listed to every member with role, join time and number of active keys", async () => {
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

	it("include open invitations, but only for owners", async () => {
		const { rin, jo } = await team("admin");
		const { invitation } = await invite(rin);
		expect((await peopleOf(rin)).invitations).toEqual([invitation]);
		expect((await peopleOf(jo, rin.workspaceId)).invitations).toEqual([]);
	});

	it("are not found by non-members, and require a session", async () => {
		const { server, people } = await team();
		const kim = await server.signUp("Kim");
		expect((await kim.request("GET", people)).json()).toMatchObject({ status: 404, code: "not_found" });
		expect((await server.app.inject(people)).json()).toMatchObject({ status: 401, code: "no_session" });
	});
});
