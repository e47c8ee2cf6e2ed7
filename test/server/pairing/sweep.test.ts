import { describe, expect, it } from "vitest";

import { sweepPairings } from "../../../server/pairing/sweep.store.ts";
import { build, type TestServer } from "../helper.ts";

const DAY_SECONDS = 24 * 3_600;

/** Sweeps until nothing is left. Returns the number of steps. */
async function sweep(server: TestServer): Promise<number> {
	for (let steps = 0; ; steps++) if (!(await server.app.storage.write(sweepPairings, undefined))) return steps;
}

function count(server: TestServer, table: "pairing" | "wrong_user_code"): number | undefined {
	return server.db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();
}

describe("sweeping pairings", () => {
	it("expires overdue pairings and revokes their unused keys", async () => {
		const server = await build();
		const rin = await server.signUp();
		const unused = await server.pair(rin);
		const used = await server.pair(rin);
		await server.whoami(used.access_token);
		server.clock.advance(601);
		const open = await server.startPairing();
		expect(await sweep(server)).toBe(1);
		expect((await rin.request("GET", `/api/pairings/${unused.userCode}`)).json()).toMatchObject({ status: "expired" });
		const ends = server.db.prepare("SELECT id, revoked_reason AS reason FROM api_key ORDER BY revoked_at IS NULL");
		expect(ends.all()).toEqual([
			{ id: unused.key.id, reason: "unconfirmed" },
			{ id: used.key.id, reason: null },
		]);
		const salts = server.db.prepare("SELECT count(*) FROM pairing WHERE salt IS NOT NULL").pluck();
		expect(salts.get()).toBe(0);
		expect((await server.poll(open.device_code)).json()).toMatchObject({ error: "authorization_pending" });
	});

	it("deletes pairings a day after their end, and wrong codes once they no longer count", async () => {
		const server = await build();
		const rin = await server.signUp();
		const denied = await server.startPairing();
		await rin.request("POST", `/api/pairings/${denied.user_code}/deny`, {});
		await rin.request("GET", "/api/pairings/BBBB-BBBB");
		expect(await sweep(server)).toBe(0);
		server.clock.advance(601);
		expect(await sweep(server)).toBe(1);
		expect([count(server, "pairing"), count(server, "wrong_user_code")]).toEqual([1, 0]);
		server.clock.advance(DAY_SECONDS);
		expect(await sweep(server)).toBe(1);
		expect(count(server, "pairing")).toBe(0);
	});

	it("works in small steps", async () => {
		const server = await build();
		const { user_code } = await server.startPairing();
		server.db
			.prepare(
				`WITH RECURSIVE number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < 249)
				INSERT INTO pairing (id, device_code_hash, user_code, status, intent, created_at, expires_at)
				SELECT id || n, randomblob(32), user_code || n, status, intent, created_at, expires_at
				FROM pairing, number WHERE user_code = ?`,
			)
			.run(user_code.replace("-", ""));
		server.clock.advance(601);
		const expired = server.db.prepare<[], number>("SELECT count(*) FROM pairing WHERE status = 'expired'").pluck();
		const seen = [];
		while (await server.app.storage.write(sweepPairings, undefined)) seen.push(expired.get());
		expect(seen).toEqual([100, 200, 250]);
	});
});
