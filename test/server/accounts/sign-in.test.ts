import { describe, expect, it, vi } from "vitest";

import { type PasswordHash, scrypt } from "../../../server/accounts/passwords/hashing.ts";
import { StorageError } from "../../../server/errors/storage-error.ts";
import { runStatement } from "../../../server/storage/statement.store.ts";
import { build, type TestServer } from "../helper.ts";
import { invite } from "../people/helper.ts";
import { quickHash } from "../quick-hash.ts";

const TEXT: unknown = expect.any(String);
const REDACTED: unknown = expect.stringContaining("auxvyn_[redacted]");
const ORIGIN = "http://localhost:8787";
const KEY = `auxvyn_${"0123456789abcdef".repeat(4).slice(0, 60)}`;
const PASSWORD = "correct horse battery";
const RIN = { name: "Rin", email: "rin@example.com", password: PASSWORD };

type Fields = Record<string, unknown>;

function post(
	server: TestServer,
	path: string,
	payload: Fields,
	headers: Record<string, string> = {},
	remoteAddress = "127.0.0.1",
) {
	const url = `/api/auth/${path}`;
	return server.app.inject({ method: "POST", url, headers: { origin: ORIGIN, ...headers }, payload, remoteAddress });
}

const signUp = (server: TestServer, fields: Fields = {}, headers = {}) =>
	post(server, "sign-up/email", { ...RIN, ...fields }, headers);
const signIn = (server: TestServer, fields: Fields = {}, address?: string) =>
	post(server, "sign-in/email", { email: RIN.email, password: PASSWORD, ...fields }, {}, address);

describe("signing up", () => {
	it("creates an account, its first workspace and a session, without a token in the body", async () => {
		const server = await build();
		const answer = await signUp(server);
		expect(answer.statusCode).toBe(200);
		expect(answer.json()).toEqual({ user: { id: TEXT, name: "Rin", email: "rin@example.com" } });
		const [cookie] = answer.cookies;
		const workspaces = await server.app.inject({
			url: "/api/workspaces",
			headers: { cookie: `${cookie?.name}=${cookie?.value}` },
		});
		expect(workspaces.json()).toEqual({
			workspaces: [{ id: TEXT, name: "Rin's workspace", role: "owner" }],
		});
	});

	it("stores the account as Better Auth expects it, with the server's time", async () => {
		const server = await build();
		server.clock.advance(86_400);
		const { id } = (await signUp(server)).json<{ user: { id: string } }>().user;
		const at = server.clock.now();
		const times = { createdAt: new Date(at).toISOString(), updatedAt: new Date(at).toISOString() };
		const rowOf = (table: string) => server.db.prepare(`SELECT * FROM "${table}"`).get();
		expect(rowOf("user")).toEqual({
			id: expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string,
			name: "Rin",
			email: "rin@example.com",
			emailVerified: 0,
			image: null,
			...times,
		});
		expect(rowOf("account")).toEqual({
			id: expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string,
			accountId: id,
			providerId: "credential",
			userId: id,
			accessToken: null,
			refreshToken: null,
			idToken: null,
			accessTokenExpiresAt: null,
			refreshTokenExpiresAt: null,
			scope: null,
			password: TEXT,
			...times,
		});
		expect(rowOf("workspace")).toMatchObject({ name: "Rin's workspace", created_at: at });
		expect(rowOf("activity")).toMatchObject({ kind: "workspace.created", at, actor_id: id, address: null });
	});

	it("says that the account was created if only starting the session failed", async () => {
		const server = await build();
		const { storage } = server.app;
		const { write } = storage;
		vi.spyOn(storage, "write").mockImplementation(async (store, args, options) => {
			if (store.name === runStatement.name) throw new StorageError("busy", "locked");
			return write(store, args, options);
		});
		const answer = await signUp(server);
		expect([answer.statusCode, answer.headers["retry-after"], answer.cookies]).toEqual([503, "1", []]);
		expect(answer.json()).toMatchObject({
			code: "storage_busy",
			detail: expect.stringContaining("was created") as string,
		});
		vi.restoreAllMocks();
		expect((await signIn(server)).statusCode).toBe(200);
	});

	it("reports an address as taken if only the database constraint catches it", async () => {
		const server = await build();
		const taken = new StorageError("unique", "user.email");
		vi.spyOn(server.app.storage, "write").mockRejectedValueOnce(taken);
		const answer = await signUp(server);
		expect([answer.statusCode, answer.json()]).toMatchObject([422, { code: "email_taken" }]);
	});

	it("accepts an e-mail address once, however it is written", async () => {
		const server = await build();
		await signUp(server);
		const again = await signUp(server, { email: " RIN@Example.com " });
		expect(again.statusCode).toBe(422);
		expect(again.json()).toMatchObject({ code: "email_taken", errors: [{ path: "email" }] });
	});

	it("accepts only one of many concurrent sign-ups with the same address", async () => {
		const server = await build({ passwordHash: scrypt });
		const answers = await Promise.all([1, 2, 3, 4].map(() => signUp(server)));
		expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422, 422, 422]);
		expect(server.db.prepare("SELECT count(*) FROM account").pluck().get()).toBe(1);
		expect(server.db.prepare("SELECT count(*) FROM workspace").pluck().get()).toBe(1);
	});

	it.each([
		["an empty name", { name: "  " }, 400, "invalid_request"],
		["a name too long for a workspace", { name: "a".repeat(51) }, 400, "invalid_request"],
		["a key as the name", { name: KEY }, 400, "invalid_request"],
		["an invalid e-mail address", { email: "rin" }, 400, "invalid_request"],
		["a key as the e-mail address", { email: `${KEY}@example.com` }, 400, "invalid_request"],
		["an endless e-mail address", { email: `${"a".repeat(300)}@example.com` }, 400, "invalid_request"],
		["a short password", { password: "Tr0ub4d" }, 422, "weak_password"],
		["an endless password", { password: "correct horse ".repeat(20) }, 422, "weak_password"],
		["a single repeated letter as the password", { password: "a".repeat(20) }, 422, "weak_password"],
		["the e-mail address as the password", { password: "Rin@example.com" }, 422, "weak_password"],
		["one of the most common passwords", { password: "Football" }, 422, "weak_password"],
		["a common password of ten characters", { password: "1q2w3e4r5t" }, 422, "weak_password"],
		["little more than the address's domain as the password", { password: "example.com1" }, 422, "weak_password"],
		["the name of this service as the password", { password: "Auxvyn2026" }, 422, "weak_password"],
		["a field that Better Auth would store", { image: "https://example.com/a.png" }, 400, "invalid_request"],
		["a number as the name", { name: 5 }, 400, "invalid_request"],
		["a password that is not a string", { password: { length: 20 } }, 400, "invalid_request"],
	])("refuses %s and creates nothing", async (_what, fields, status, code) => {
		const server = await build();
		const answer = await signUp(server, fields);
		expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
		expect(answer.json()).toMatchObject({ errors: [{}] });
		expect(answer.cookies).toEqual([]);
		expect(server.db.prepare('SELECT count(*) FROM "user"').pluck().get()).toBe(0);
	});

	it.each(["closed", "invite"])("is refused if SIGN_UP is %s", async (mode) => {
		const server = await build({ env: { SIGN_UP: mode } });
		const answer = await signUp(server);
		expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "sign_up_closed"]);
	});

	it("accepts an open invitation for one account if SIGN_UP is invite, and none if it is closed", async () => {
		const open = await build();
		const jo = await open.signUp("Jo");
		const { token, invitation } = await invite(jo);
		const again = async (mode: string) => {
			await open.close();
			return build({ dataDir: open.dataDir, env: { SIGN_UP: mode } });
		};
		const closed = await again("closed");
		const refused = await signUp(closed, { invitation: token });
		expect([refused.statusCode, refused.json()]).toMatchObject([
			403,
			{ code: "sign_up_closed", detail: expect.stringContaining("even by invitation") as string },
		]);
		await closed.close();
		const invited = await again("invite");
		expect((await signUp(invited, { invitation: "x".repeat(43) })).statusCode).toBe(403);
		const taken = await signUp(invited, { email: jo.email, invitation: token });
		expect(taken.json()).toMatchObject({ code: "email_taken" });
		const atOnce = await Promise.all([
			signUp(invited, { invitation: token }),
			signUp(invited, { email: "jo-too@example.com", invitation: token }),
		]);
		expect(atOnce.map(({ statusCode, cookies }) => [statusCode, cookies.length]).sort()).toEqual([
			[200, 2],
			[403, 0],
		]);
		const another = await signUp(invited, { email: "another@example.com", invitation: token });
		expect([another.statusCode, another.json()]).toMatchObject([403, { code: "sign_up_closed" }]);
		const curious = await signUp(invited, { email: jo.email, invitation: token });
		expect(curious.body).toBe(another.body);
		invited.clock.advance(30 * 86_400);
		expect(Date.parse(invitation.expiresAt)).toBeLessThan(invited.clock.now());
		expect((await signUp(invited, { email: "late@example.com", invitation: token })).json()).toMatchObject({
			detail: expect.stringContaining("is no longer valid") as string,
		});
	});

	it("is limited to 60 per address in ten minutes", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.05" } });
		for (const each of [1, 2, 3])
			expect((await signUp(server, { email: `rin${each}@example.com` })).statusCode).toBe(200);
		const refused = await signUp(server, { email: "rin4@example.com" });
		expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([429, "600"]);
		server.clock.advance(600);
		expect((await signUp(server, { email: "rin4@example.com" })).statusCode).toBe(200);
	});

	it("stores the user agent without keys, and no other header", async () => {
		const server = await build();
		const headers = {
			"user-agent": `${"x".repeat(170)} ${KEY}`,
			"x-forwarded-for": KEY,
			referer: KEY,
			"x-auxvyn-client-address": KEY,
		};
		await signUp(server, {}, headers);
		const session = server.db.prepare("SELECT * FROM session").get();
		expect(session).toMatchObject({ ipAddress: "127.0.0.1", userAgent: REDACTED });
		expect((await server.dataBytes()).includes(KEY.slice(7, 40))).toBe(false);
	});
});

describe("signing in", () => {
	it("starts a new session, and stores passwords only as scrypt hashes", async () => {
		const server = await build({ passwordHash: scrypt });
		const up = await signUp(server);
		const answer = await signIn(server, { email: "RIN@example.com" });
		expect([answer.statusCode, answer.body]).toEqual([200, up.body]);
		expect(answer.cookies[0]?.value).not.toBe(up.cookies[0]?.value);
		expect((await server.dataBytes()).includes(PASSWORD)).toBe(false);
	});

	it("gives the same answer for a wrong password and an unknown account", async () => {
		const server = await build();
		await signUp(server);
		const wrong = await signIn(server, { password: "wrong horse battery" });
		const unknown = await signIn(server, { email: "unknown@example.com" });
		const endless = await signIn(server, { password: "a".repeat(1_000) });
		expect(wrong.statusCode).toBe(401);
		expect(wrong.json()).toMatchObject({ code: "invalid_credentials" });
		expect(unknown.body).toBe(wrong.body);
		expect(endless.body).toBe(wrong.body);
		expect(Object.keys(unknown.headers)).toEqual(Object.keys(wrong.headers));
	});

	it("is refused after ten failures per account and address, and only there", async () => {
		const server = await build();
		await signUp(server);
		for (let failure = 0; failure < 10; failure++) await signIn(server, { password: "wrong horse battery" });
		const refused = await signIn(server, { email: "Rin@Example.com" });
		expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([429, "600"]);
		expect((await signIn(server, { email: "jo@example.com" })).statusCode).toBe(401);
		expect((await signIn(server, {}, "198.51.100.1")).statusCode).toBe(200);
		server.clock.advance(600);
		expect((await signIn(server)).statusCode).toBe(200);
	});

	it("counts parallel guesses like sequential ones", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.3" }, passwordHash: scrypt });
		await signUp(server);
		const guesses = Array.from({ length: 8 }, () => signIn(server, { password: "wrong horse battery" }));
		const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode);
		expect(statuses.filter((status) => status === 401)).toHaveLength(3);
		expect(statuses.filter((status) => status === 429)).toHaveLength(5);
	});

	it("hashes at most eight passwords per address at once", async () => {
		const { promise: refused, resolve: finish } = Promise.withResolvers<undefined>();
		const verify: PasswordHash["verify"] = async (given) => {
			await refused;
			return quickHash.verify(given);
		};
		const server = await build({ passwordHash: { ...quickHash, verify } });
		await signUp(server);
		const attempts = Array.from({ length: 9 }, async () => {
			const { statusCode } = await signIn(server);
			// The others go on once one is refused.
			finish(undefined);
			return statusCode;
		});
		expect((await Promise.all(attempts)).toSorted()).toEqual([...Array<number>(8).fill(200), 429]);
		expect((await signIn(server)).statusCode).toBe(200);
	});

	it("does not count successful attempts", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.1" } });
		await signUp(server);
		for (let time = 0; time < 3; time++) expect((await signIn(server)).statusCode).toBe(200);
	});

	it("is refused for an address after 300 failures across accounts", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.01" } });
		await signUp(server);
		for (const each of [1, 2, 3]) await signIn(server, { email: `unknown${each}@example.com` });
		expect((await signIn(server)).statusCode).toBe(429);
		expect((await signIn(server, {}, "198.51.100.1")).statusCode).toBe(200);
	});

	it("tells clients apart behind a trusted proxy, and trusts no other peer", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.1", TRUSTED_PROXIES: "10.0.0.0/8" } });
		await signUp(server);
		const status = async (peer: string, client: string, password: string) => {
			const headers = { "x-forwarded-for": client };
			return (await post(server, "sign-in/email", { email: RIN.email, password }, headers, peer)).statusCode;
		};
		expect(await status("10.0.0.1", "198.51.100.1", "wrong horse battery")).toBe(401);
		expect(await status("10.0.0.1", "198.51.100.1", PASSWORD)).toBe(429);
		expect(await status("10.0.0.1", "198.51.100.2", PASSWORD)).toBe(200);
		expect(await status("203.0.113.7", "198.51.100.3", "wrong horse battery")).toBe(401);
		expect(await status("203.0.113.7", "198.51.100.4", PASSWORD)).toBe(429);
	});
});
