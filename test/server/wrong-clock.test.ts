import { describe, expect, it } from "vitest";

import { build, type Person, testClock, type TestServer } from "./helper.ts";
import { runCommand } from "./run-command.ts";
import { tempDir } from "./temp-dir.ts";

const DAY_SECONDS = 86_400;
const YEAR_SECONDS = 365 * DAY_SECONDS;
const YEAR_MS = YEAR_SECONDS * 1000;

/** Starts of servers on one database, one after the other, each with its own clock. */
async function database() {
	const dataDir = await tempDir();
	return {
		async start(at: number, tidyEveryMs = 600_000): Promise<TestServer> {
			const clock = testClock();
			clock.set(at);
			return build({ dataDir, clock, tidyEveryMs });
		},
	};
}

const leadOf = async ({ app }: TestServer) =>
	(await app.inject("/readyz")).json<{ clock: { leadSeconds: number } }>().clock.leadSeconds;
const said = ({ logs }: TestServer) => logs.filter((line) => line.includes("clock"));

/** Sends a request with the cookie of a session that another server began. */
async function asPerson(server: TestServer, { cookie }: Person, method: "GET" | "POST", url: string, payload?: object) {
	const headers = { cookie, origin: "http://localhost:8787" };
	return server.app.inject({ method, url, headers, ...(payload && { payload }) });
}

async function createKey(server: TestServer, rin: Person) {
	const created = await asPerson(server, rin, "POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "Now" });
	return Date.parse(created.json<{ key: { createdAt: string } }>().key.createdAt);
}

describe("a server that was started once with a clock a year ahead", () => {
	it("believes and deletes nothing, says so, and says at the next start how far the clock went back", async () => {
		const { start } = await database();
		const now = Date.now();
		const before = await start(now);
		const rin = await before.signUp();
		const { secret } = await rin.createKey();
		await before.whoami(secret);
		await before.app.usage.flush();
		await before.close();
		expect(said(before)).toEqual([]);

		const ahead = await start(now + YEAR_MS, 5);
		await ahead.app.inject("/v1/whoami");
		expect(said(ahead)).toEqual([
			expect.stringMatching(/365 days ahead of the latest time stored, and is not believed.*npm run trust-clock/),
		]);
		expect(Math.abs((await leadOf(ahead)) - YEAR_SECONDS)).toBeLessThan(5);
		expect((await asPerson(ahead, rin, "GET", "/api/workspaces")).statusCode).toBe(200);
		expect((await createKey(ahead, rin)) - now).toBeLessThan(60_000);
		expect((await ahead.whoami(secret)).statusCode).toBe(200);
		await ahead.app.usage.flush();
		const counts = ahead.db.prepare("SELECT count(*) FROM key_usage").pluck().get();
		expect(counts).toBe(1);
		await ahead.close();

		const after = await start(now + 5_000);
		expect(said(after)).toEqual([expect.stringMatching(/went back by 365 days .*It had not been believed/)]);
		expect(await leadOf(after)).toBe(0);
		expect((await asPerson(after, rin, "GET", "/api/workspaces")).statusCode).toBe(200);
		expect((await createKey(after, rin)) - now).toBeLessThan(60_000);
		await after.close();
		expect(said(await start(now + 10_000))).toEqual([]);
	});

	it("keeps every deadline, and signs in people whose sessions last as long as always", async () => {
		const { start } = await database();
		const now = Date.now();
		const before = await start(now);
		const rin = await before.signUp();
		await before.close();
		const ahead = await start(now + YEAR_MS);
		const { device_code } = await ahead.startPairing();
		const jo = await ahead.signUp("Jo");
		const errorOf = async () => (await ahead.poll(device_code)).json<{ error: string }>().error;
		ahead.clock.advance(599);
		expect(await errorOf()).toBe("authorization_pending");
		ahead.clock.advance(2);
		expect(await errorOf()).toBe("expired_token");
		const expiry = ahead.db.prepare('SELECT "expiresAt" FROM session WHERE "userId" = ?').pluck().get(jo.accountId);
		expect(Math.abs(Date.parse(expiry as string) - now - 7 * DAY_SECONDS * 1000)).toBeLessThan(60_000);
		expect((await asPerson(ahead, rin, "GET", "/api/auth/get-session")).json()).toMatchObject({
			user: { name: "Rin" },
		});
	});

	it("believes the clock once told to, without a restart", async () => {
		const { start } = await database();
		const now = Date.now();
		const old = await start(now - YEAR_MS);
		await old.signUp();
		await old.close();
		const late = await start(now, 5);
		expect(await leadOf(late)).toBeGreaterThan(YEAR_SECONDS - 60);
		const asked = await runCommand("trust-clock", [], late.env);
		expect([asked.code, asked.stderr]).toEqual([1, expect.stringMatching(/cannot be undone.*-- --yes/)]);
		const { code, stdout } = await runCommand("trust-clock", ["--yes"], late.env);
		expect([code, stdout]).toEqual([0, expect.stringMatching(/^It is .* now, by this machine's clock\./)]);
		await expect.poll(() => leadOf(late)).toBeLessThan(60);
		await expect.poll(() => said(late).length).toBe(2);
		expect(said(late)[1]).toContain("believed again");
		// Sweeps run again: the session ended months ago.
		await expect.poll(() => late.db.prepare("SELECT count(*) FROM session").pluck().get()).toBe(0);
	});
});

describe("a clock that steps while the server runs", () => {
	it("moves no deadline, either way, and is reported once", async () => {
		const server = await build({ tidyEveryMs: 5 });
		for (const step of [YEAR_MS, -YEAR_MS]) {
			const { device_code } = await server.startPairing();
			const right = server.clock.now();
			server.clock.set(right + step);
			server.clock.advance(599);
			expect((await server.poll(device_code)).json()).toMatchObject({ error: "authorization_pending" });
			server.clock.advance(2);
			expect((await server.poll(device_code)).json()).toMatchObject({ error: "expired_token" });
			expect(Math.round((await leadOf(server)) / DAY_SECONDS)).toBe(Math.sign(step) * 365);
			await expect.poll(() => said(server).at(-1)).toMatch(step > 0 ? /365 days ahead/ : /went back by 365 days/);
			server.clock.set(server.clock.now() - step);
			await expect.poll(() => said(server).at(-1)).toContain("believed again");
		}
		expect(said(server)).toHaveLength(4);
	});

	it("lets sweeps wait until it has run evenly for a day", async () => {
		const server = await build({ tidyEveryMs: 5 });
		await server.startPairing();
		const status = server.db.prepare<[], string>("SELECT status FROM pairing").pluck();
		const stored = server.db.prepare<[], number>("SELECT latest FROM clock").pluck();
		server.clock.set(server.clock.now() + YEAR_MS);
		await expect.poll(() => said(server)).toHaveLength(1);
		for (const seconds of [601, 61]) {
			server.clock.advance(seconds);
			// By the janitor, which has begun another round.
			await expect.poll(() => stored.get()).toBe(server.app.storage.now());
		}
		expect(status.get()).toBe("pending");
		server.clock.advance(DAY_SECONDS);
		await expect.poll(() => status.get()).toBe("expired");
		expect(await leadOf(server)).toBe(0);
	});
});

describe("two servers on one database", () => {
	it("share the time, whichever of them has the wrong clock", async () => {
		const { start } = await database();
		const now = Date.now();
		const right = await start(now);
		const rin = await right.signUp();
		const wrong = await start(now + YEAR_MS);
		expect((await createKey(wrong, rin)) - now).toBeLessThan(60_000);
		expect((await createKey(right, rin)) - now).toBeLessThan(60_000);
		expect([await leadOf(right), Math.round((await leadOf(wrong)) / DAY_SECONDS)]).toEqual([0, 365]);
		await wrong.close();
		await right.close();
		expect(said(await start(now + 1_000))).toEqual([expect.stringContaining("went back by 365 days")]);
	});
});

describe("a server that was first started with a clock a year ahead", () => {
	it("goes by the right time once the clock is right, since no account depended on the wrong one", async () => {
		const { start } = await database();
		const now = Date.now();
		const ahead = await start(now + YEAR_MS);
		await ahead.startPairing();
		await ahead.close();

		const after = await start(now);
		expect(said(after)).toEqual([expect.stringMatching(/went back by 365 days/)]);
		expect(await leadOf(after)).toBe(0);
		const rin = await after.signUp();
		expect((await createKey(after, rin)) - now).toBeLessThan(60_000);
		const { count } = after.db.prepare("SELECT count(*) AS count FROM pairing").get() as { count: number };
		expect(count).toBe(0);
	});
});
