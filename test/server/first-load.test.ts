import { describe, expect, test } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import type { FirstSteps, KeyList, Start } from "../../shared/wire.ts";
import { GAME_SERVER, PLAYTEST, PLUGIN } from "../game.ts";
import { build } from "./helper.ts";

describe("the dashboard's first request", () => {
	test("without a session, returns only the settings that signing up needs, and the version", async () => {
		const { app } = await build({ env: { SIGN_UP: "invite" } });
		const response = await app.inject("/api/start");
		const server = {
			setUp: false,
			signUp: "invite",
			mail: false,
			version: manifest.version,
			publicUrl: "http://localhost:8787",
		};
		expect(response.json()).toEqual({ account: null, ...server, workspaces: [], keys: null });
		expect(response.headers["cache-control"]).toBe("no-store");
	});

	test("says whether there is an account yet", async () => {
		const server = await build();
		const setUp = async () => (await server.app.inject("/api/start")).json<Start>().setUp;
		expect(await setUp()).toBe(false);
		const rin = await server.signUp("Rin");
		expect(await setUp()).toBe(true);
		expect((await rin.request("GET", "/api/start")).json()).toMatchObject({ setUp: true });
	});

	test("returns the account, its workspaces and the active keys of one, as in the list", async () => {
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

	test("does not show keys of a workspace to non-members", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		await rin.createKey("Production");
		const response = (await jo.request("GET", `/api/start?workspace=${rin.workspaceId}`)).json<Start>();
		expect(response.keys).toMatchObject({ workspaceId: jo.workspaceId, list: { keys: [] } });
		expect((await jo.request("GET", `/api/workspaces/${rin.workspaceId}/first-steps`)).statusCode).toBe(404);
	});

	test("extends a session that is in use", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		expect((await rin.request("GET", "/api/start")).headers["set-cookie"]).toBeUndefined();
		server.clock.advance(24 * 3600);
		const later = await rin.request("GET", "/api/start");
		expect(String(later.headers["set-cookie"])).toContain("session_token");
	});
});

describe("the first request among the first steps", () => {
	test("is the game's where the plugin installed the key, since the plugin uses it before it is published", async () => {
		const server = await build();
		const rin = await server.signUp();
		const requestAt = async () => {
			await server.app.usage.flush();
			const steps = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/first-steps`);
			return steps.json<FirstSteps>().requestAt;
		};
		const { access_token: secret } = await server.pair(rin);
		await server.whoami(secret, PLUGIN);
		expect(await requestAt()).toBeNull();
		const used = new Date(server.clock.now()).toISOString();
		await server.whoami(secret, GAME_SERVER);
		expect(await requestAt()).toBe(used);
	});

	test("is anyone's where the key was generated in the dashboard", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		const used = new Date(server.clock.now()).toISOString();
		await server.whoami(secret, PLAYTEST);
		await server.app.usage.flush();
		const steps = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/first-steps`);
		expect(steps.json<FirstSteps>().requestAt).toBe(used);
	});
});
