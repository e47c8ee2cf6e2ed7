import { describe, expect, it } from "vitest";

import type { ActivityList, Role } from "../../../shared/wire.ts";
import { build } from "../helper.ts";
import { join } from "../people/helper.ts";

describe("renaming a workspace", () => {
	it("is visible to games at once and recorded in the activity once", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const { secret } = await rin.createKey();
		await server.whoami(secret);
		const url = `/api/workspaces/${rin.workspaceId}`;
		const renamed = await rin.request("PATCH", url, { name: " Moonlit Studios " });
		expect(renamed.json()).toEqual({ workspace: { id: rin.workspaceId, name: "Moonlit Studios", role: "owner" } });
		expect((await server.whoami(secret)).json()).toMatchObject({ workspace: { name: "Moonlit Studios" } });
		await rin.request("PATCH", url, { name: "Moonlit Studios" });
		const { entries } = (await rin.request("GET", `${url}/activity`)).json<ActivityList>();
		expect(entries.filter((entry) => entry.kind === "workspace.renamed")).toMatchObject([
			{ actor: { name: "Rin" }, detail: { from: "Rin's workspace", to: "Moonlit Studios" } },
		]);
	});

	it.each([
		["admin", 403],
		["member", 403],
		[undefined, 404],
	] as const)("is refused for role %s with %i", async (role: Role | undefined, status) => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		if (role !== undefined) join(server, jo, rin.workspaceId, role);
		const url = `/api/workspaces/${rin.workspaceId}`;
		expect((await jo.request("PATCH", url, { name: "Mine" })).statusCode).toBe(status);
		const anonymous = await server.app.inject({ method: "PATCH", url, payload: { name: "Rin's workspace" } });
		expect(anonymous.json()).toMatchObject({ status: 401, code: "no_session" });
	});
});
