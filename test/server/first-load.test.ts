import { describe, expect, test } from "vitest";

import type { FirstSteps, KeyList, Start } from "../../shared/wire.ts";
import { build } from "./helper.ts";

describe("the dashboard's first question", () => {
	test("is answered to strangers with how they get in, and nothing else", async () => {
		const { app } = await build({ env: { SIGN_UP: "invite" } });
		const answer = await app.inject("/api/start");
		expect(answer.json()).toEqual({ account: null, signUp: "invite", mail: false, workspaces: [], keys: null });
		expect(answer.headers["cache-control"]).toBe("no-store");
	});

	test("says who is signed in, their workspaces, and the active keys of the one asked for, exactly as the list does", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		await rin.createKey("Production");
		const gone = await rin.createKey("Gone");
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${gone.id}`);
		server.clock.advance(1);
		const second = await rin.request("POST", "/api/workspaces", { name: "Second" });
		const { workspace } = second.json<{ workspace: { id: string } }>();

		const first = (await rin.request("GET", "/api/start")).json<Start>();
		expect(first.account).toEqual({ id: rin.accountId, name: "Rin", email: rin.email });
		expect(first.workspaces.map(({ id }) => id)).toEqual([rin.workspaceId, workspace.id]);
		const list = (await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?state=active`)).json<KeyList>();
		const counts = { active: 1, revoked: 1 };
		const steps = (await rin.request("GET", `/api/workspaces/${rin.workspaceId}/first-steps`)).json<FirstSteps>();
		expect(first.keys).toEqual({ workspaceId: rin.workspaceId, list: { ...list, counts }, firstSteps: steps });
		expect(steps).toEqual({ pluginAt: null, connectedAt: expect.any(String) as string, requestAt: null });

		const other = (await rin.request("GET", `/api/start?workspace=${workspace.id}`)).json<Start>();
		expect(other.keys).toMatchObject({
			workspaceId: workspace.id,
			list: { keys: [], counts: { active: 0, revoked: 0 } },
		});
	});

	test("shows nobody the keys of a workspace that they are not in", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		await rin.createKey("Production");
		const answer = (await jo.request("GET", `/api/start?workspace=${rin.workspaceId}`)).json<Start>();
		expect(answer.keys).toMatchObject({ workspaceId: jo.workspaceId, list: { keys: [] } });
		expect((await jo.request("GET", `/api/workspaces/${rin.workspaceId}/first-steps`)).statusCode).toBe(404);
	});

	test("prolongs a session that is in use, so that it does not end for people who come every day", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		expect((await rin.request("GET", "/api/start")).headers["set-cookie"]).toBeUndefined();
		const inSixDays = new Date(Date.now() + 6 * 24 * 3600 * 1000).toISOString();
		server.db.prepare("UPDATE session SET expiresAt = ?").run(inSixDays);
		const later = await rin.request("GET", "/api/start");
		expect(String(later.headers["set-cookie"])).toContain("session_token");
	});
});
