import { describe, expect, it } from "vitest";

import { setupNotice } from "../../../server/accounts/sign-up/setup-link.ts";
import { loadConfig } from "../../../server/config.ts";
import { build, type TestServer } from "../helper.ts";

const DAY_SECONDS = 86_400;
const LINK = /http:\/\/localhost:8787\/setup#token=(\S{43})$/m;
const GIVEN_TOKEN = "a token that a script has chosen";
const RIN = { name: "Rin", email: "rin@example.com", password: "correct horse battery" };

const setUpBy = (env: Record<string, string>) => build({ env });

/** What a start of the server would print, some seconds after the process began. */
function start(server: TestServer, env: Record<string, string> = {}, now = server.clock.now()) {
	const config = loadConfig({ SIGN_UP: "invite", ...env });
	return setupNotice({ storage: server.app.storage, config, started: { at: now - 2_000, now } });
}

async function printedToken(server: TestServer): Promise<string> {
	server.clock.advance(5);
	return LINK.exec((await start(server)) ?? "")?.[1] ?? "";
}

const signUp = (server: TestServer, fields: Record<string, unknown> = {}) =>
	server.app.inject({
		method: "POST",
		url: "/api/auth/sign-up/email",
		headers: { origin: "http://localhost:8787" },
		payload: { ...RIN, ...fields },
	});

async function outcome(server: TestServer, fields: Record<string, unknown>) {
	const answer = await signUp(server, fields);
	return [answer.statusCode, answer.json<{ code?: string }>().code];
}

const OK = [200, undefined];
const INVALID = [403, "setup_token_invalid"];
const tokensIn = ({ db }: TestServer) => db.prepare("SELECT count(*) FROM setup_token").pluck().get();
const accountsIn = ({ db }: TestServer) => db.prepare('SELECT count(*) FROM "user"').pluck().get();

describe("the first account", () => {
	it.each(["invite", "closed"])("takes a set-up link under SIGN_UP=%s, which works once", async (mode) => {
		const server = await setUpBy({ SIGN_UP: mode });
		const setup = await printedToken(server);
		const bare = await signUp(server);
		expect([bare.statusCode, bare.json()]).toMatchObject([
			403,
			{ code: "sign_up_closed", detail: expect.stringContaining("set-up link") as string },
		]);
		expect(await outcome(server, { setup: `${setup.slice(1)}A` })).toEqual(INVALID);
		expect(await outcome(server, { setup: "" })).toEqual(INVALID);

		const created = await signUp(server, { setup });
		expect([created.statusCode, created.cookies[0]]).toMatchObject([200, { name: "auxvyn.session_token" }]);
		expect(await outcome(server, { setup, email: "jo@example.com" })).toEqual(INVALID);
		expect(accountsIn(server)).toBe(1);
		expect(await start(server)).toBeUndefined();
	});

	it("can be created with the link of any start within 24 hours, and ends them all", async () => {
		const server = await setUpBy({ SIGN_UP: "invite" });
		const late = await printedToken(server);
		server.clock.advance(DAY_SECONDS - 60);
		const earlier = await printedToken(server);
		const latest = await printedToken(server);
		server.clock.advance(60);
		expect(await outcome(server, { setup: late })).toEqual(INVALID);
		expect(await outcome(server, { setup: earlier })).toEqual(OK);
		expect(tokensIn(server)).toBe(0);
		expect(await outcome(server, { setup: latest, email: "jo@example.com" })).toEqual(INVALID);
	});

	it("is only one, however many use set-up links at once", async () => {
		const server = await setUpBy({ SIGN_UP: "invite" });
		const tokens = [await printedToken(server), await printedToken(server)];
		const uses = [0, 1, 2, 3].map((n) => outcome(server, { setup: tokens[n % 2], email: `rin${n}@example.com` }));
		const outcomes = await Promise.all(uses);
		expect(outcomes.filter(([status]) => status === 200)).toHaveLength(1);
		expect(outcomes.filter(([, code]) => code === "setup_token_invalid")).toHaveLength(3);
		expect(accountsIn(server)).toBe(1);
	});

	it("is only one when a link is used while another account is being created", async () => {
		const hashing = Promise.withResolvers<undefined>();
		const mayEnd = Promise.withResolvers<undefined>();
		let calls = 0;
		const passwordHash = {
			hash: async (password: string) => {
				if (++calls === 1) {
					hashing.resolve(undefined);
					await mayEnd.promise;
				}
				return password;
			},
			verify: () => Promise.resolve(true),
		};
		const server = await build({ env: { SIGN_UP: "invite" }, passwordHash });
		const [one, other] = [await printedToken(server), await printedToken(server)];
		const slow = outcome(server, { setup: one });
		await hashing.promise;
		expect(await outcome(server, { setup: other, email: "jo@example.com" })).toEqual(OK);
		mayEnd.resolve(undefined);
		expect(await slow).toEqual(INVALID);
		expect(accountsIn(server)).toBe(1);
	});

	it("needs no link where everyone may sign up, but no wrong one passes", async () => {
		const server = await build();
		expect(await start(server, { SIGN_UP: "open" })).toBeUndefined();
		expect(await outcome(server, { setup: "x".repeat(43) })).toEqual(INVALID);
		expect(await outcome(server, {})).toEqual(OK);
	});

	it("is not created by an invalid request, which leaves the link as it was", async () => {
		const server = await setUpBy({ SIGN_UP: "invite" });
		const setup = await printedToken(server);
		expect(await outcome(server, { setup, password: "short" })).toEqual([422, "weak_password"]);
		expect(await outcome(server, { setup })).toEqual(OK);
	});
});

describe("the set-up link", () => {
	it("is kept as a hash only, and appears in no log and no answer", async () => {
		const server = await setUpBy({ SIGN_UP: "invite", LOG_LEVEL: "trace" });
		const setup = await printedToken(server);
		const answers = [await signUp(server, { setup, password: "short" }), await signUp(server, { setup })];
		answers.push(await signUp(server, { setup }));
		expect(answers.map(({ statusCode }) => statusCode)).toEqual([422, 200, 403]);
		expect(server.logs.length).toBeGreaterThan(0);
		for (const text of [server.logs.join(""), ...answers.map(({ body }) => body)]) expect(text).not.toContain(setup);
		expect((await server.dataBytes()).includes(setup)).toBe(false);
	});

	it("can be looked at without using it up, thirty times in ten minutes", async () => {
		const server = await setUpBy({ SIGN_UP: "invite" });
		const setup = await printedToken(server);
		const look = async (given: string) => {
			const url = "/api/auth/sign-up/setup/look";
			return (await server.app.inject({ method: "POST", url, payload: { setup: given } })).statusCode;
		};
		for (let n = 0; n < 28; n++) expect(await look(setup)).toBe(204);
		expect(await look(setup.slice(1))).toBe(403);
		expect(await look("")).toBe(403);
		expect(await look(setup)).toBe(429);
		expect(await outcome(server, { setup })).toEqual(OK);
		server.clock.advance(600);
		expect(await look(setup)).toBe(403);
	});

	it("is printed by one of several servers that start together, and again by a later start", async () => {
		const server = await setUpBy({ SIGN_UP: "invite" });
		const now = server.clock.now();
		expect(await start(server, {}, now)).toMatch(LINK);
		for (const other of [now - 1_000, now + 1_000]) {
			expect(await start(server, {}, other)).toMatch(/printed by the other server/);
		}
		expect(await start(server, {}, now + 10_000)).toMatch(LINK);
		// The clock was set back in between.
		expect(await start(server, {}, now - 3_600_000)).toMatch(LINK);
	});

	it("has the token of AUXVYN_SETUP_TOKEN if that is set, without printing it, for 24 hours from each start", async () => {
		const server = await setUpBy({ SIGN_UP: "invite" });
		const env = { AUXVYN_SETUP_TOKEN: GIVEN_TOKEN };
		const notice = await start(server, env);
		expect(notice).toMatch(/AUXVYN_SETUP_TOKEN/);
		expect(notice).not.toContain(GIVEN_TOKEN);
		server.clock.advance(DAY_SECONDS);
		expect(await outcome(server, { setup: GIVEN_TOKEN })).toEqual(INVALID);
		await start(server, env);
		await start(server, env);
		server.clock.advance(DAY_SECONDS - 1);
		expect(await outcome(server, { setup: GIVEN_TOKEN })).toEqual(OK);
		await start(server, env);
		expect(await outcome(server, { setup: GIVEN_TOKEN, email: "jo@example.com" })).toEqual(INVALID);
	});

	it("cannot be stored once there is an account, not even by SQL", async () => {
		const server = await build();
		await server.signUp();
		const insert = server.db.prepare("INSERT INTO setup_token VALUES (randomblob(32), 0, 9000000000000000)");
		expect(() => insert.run()).toThrow("there is an account");
	});
});
