import { describe, expect, it } from "vitest";

import { startJanitor } from "../../server/maintenance/janitor.ts";
import { PLAYTEST } from "../game.ts";
import { build } from "./helper.ts";

const DAY_SECONDS = 24 * 3600;

describe("the janitor", () => {
	it("repeats a chore while it has something to do, and survives one that fails", async () => {
		const done: string[] = [];
		let left = 3;
		const janitor = startJanitor({
			always: [
				async () => {
					throw new Error("locked");
				},
				async () => {
					done.push(`step ${left}`);
					left -= 1;
					return left > 0;
				},
			],
			once: [],
			isLeader: async () => false,
			everyMs: 1,
		});
		await expect.poll(() => done.slice(0, 3)).toEqual(["step 3", "step 2", "step 1"]);
		await janitor.close();
		const { length } = done;
		await janitor.close();
		expect(done).toHaveLength(length);
	});

	it("leaves to the leader what one process is enough for", async () => {
		const done: string[] = [];
		let isLeader = false;
		const note = (what: string) => async () => {
			done.push(what);
			return false;
		};
		const janitor = startJanitor({
			always: [note("always")],
			once: [note("once")],
			isLeader: async () => isLeader,
			everyMs: 1,
		});
		await expect.poll(() => done.length).toBeGreaterThan(2);
		expect(done).not.toContain("once");
		isLeader = true;
		await expect.poll(() => done).toContain("once");
		await janitor.close();
	});

	it("deletes everything that is too old", async () => {
		const server = await build({ tidyEveryMs: 5 });
		const rin = await server.signUp();
		const { secret } = await rin.createKey();
		await server.whoami(secret);
		await server.whoami(secret, PLAYTEST);
		await server.app.usage.flush();
		await server.startPairing();
		await rin.request("POST", "/api/pairings/BCDF-GHJK/approve", { workspaceId: rin.workspaceId, label: "x" });
		const leaver = await server.signUp("Leaver");
		for (let count = 0; count < 3; count++) await leaver.createKey();
		server.db
			.prepare("INSERT INTO revoked_maker (workspace_id, maker_id, at) VALUES (?, ?, ?)")
			.run(leaver.workspaceId, leaver.accountId, server.clock.now());
		const name = "Leaver's workspace";
		await leaver.request("DELETE", `/api/workspaces/${leaver.workspaceId}`, { name });
		const rows = (sql: string) => server.db.prepare<[], number>(`SELECT count(*) FROM ${sql}`).pluck().get();
		await expect.poll(() => rows("revoked_maker")).toBe(0);
		await expect.poll(() => rows("api_key WHERE revoked_at IS NULL")).toBe(1);

		server.clock.advance(DAY_SECONDS);
		await expect.poll(() => rows("pairing WHERE status = 'expired'")).toBe(1);
		server.clock.advance(401 * DAY_SECONDS);
		for (const table of [
			"session",
			"pairing",
			"wrong_user_code",
			"activity",
			"key_usage",
			"key_minute",
			"key_studio_usage",
		]) {
			await expect.poll(() => rows(`"${table}"`), { message: table }).toBe(0);
		}
		await expect.poll(() => rows("workspace")).toBe(1);
		await expect.poll(() => rows("api_key WHERE requests_24h > 0")).toBe(0);
	});
});
