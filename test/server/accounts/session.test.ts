import { describe, expect, it } from "vitest";

import { sweepSessions } from "../../../server/accounts/sessions/session-sweep.store.ts";
import { endSessionByToken } from "../../../server/accounts/sessions/sessions.store.ts";
import { isOnPostgres } from "../../postgres/test-database.ts";
import { build, type TestServer } from "../helper.ts";
import { quickHash } from "../quick-hash.ts";

const TEXT: unknown = expect.any(String);
const TIME: unknown = expect.stringMatching(/^\d{4}-.*Z$/);
const ORIGIN = "http://localhost:8787";
const PASSWORD = "correct horse battery";

function cookieOf({ cookies }: { cookies: { name: string; value: string }[] }): string {
	const session = cookies.filter(({ name }) => name.endsWith("session_token"));
	return session.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

function signUp(server: TestServer, origin = ORIGIN, more: object = {}) {
	const payload = { name: "Rin", email: "rin@example.com", password: PASSWORD, ...more };
	return server.app.inject({ method: "POST", url: "/api/auth/sign-up/email", headers: { origin }, payload });
}

function getSession(server: TestServer, cookie?: string) {
	return server.app.inject({ url: "/api/auth/get-session", headers: cookie === undefined ? {} : { cookie } });
}

describe("the session cookie", () => {
	it("is hidden from scripts and other sites", async () => {
		const { cookies } = await signUp(await build());
		expect(cookies.slice(0, 1)).toEqual([
			{
				name: "auxvyn.session_token",
				value: TEXT,
				httpOnly: true,
				sameSite: "Lax",
				path: "/",
				maxAge: 604_800,
			},
		]);
	});

	it("is bound to the host on https", async () => {
		const origin = "https://keys.example.com";
		const server = await build({ env: { PUBLIC_URL: origin } });
		const answer = await signUp(server, origin);
		expect(answer.cookies).toMatchObject([
			{ name: "__Host-auxvyn.session_token", secure: true, httpOnly: true, path: "/" },
			{ name: "__Host-auxvyn.device", secure: true, httpOnly: true, path: "/" },
		]);
		expect(answer.cookies[0]).not.toHaveProperty("domain");
		expect((await getSession(server, cookieOf(answer))).json()).toMatchObject({ user: { name: "Rin" } });
	});

	it("ends with the browser without rememberMe", async () => {
		const server = await build();
		const answer = await signUp(server, ORIGIN, { rememberMe: false });
		expect(answer.cookies.map(({ name, maxAge }) => [name, maxAge])).toEqual([
			["auxvyn.session_token", undefined],
			["auxvyn.dont_remember", undefined],
		]);
		expect((await getSession(server, cookieOf(answer))).json()).toMatchObject({ user: { name: "Rin" } });
	});

	it("is refused with a wrong or missing signature, or under another secret", async () => {
		const server = await build();
		const cookie = cookieOf(await signUp(server));
		const [token = ""] = cookie.split(".session_token=")[1]?.split(".") ?? [];
		for (const forged of [
			`${cookie.slice(0, -6)}AAA%3D`,
			`auxvyn.session_token=${token}`,
			"auxvyn.session_token=",
			"auxvyn.session_token=%zz",
		]) {
			expect((await getSession(server, forged)).body).toBe("null");
		}
		await server.close();
		const other = await build({
			dataDir: server.dataDir,
			env: { AUXVYN_SECRET: "another secret of at least 32 characters" },
		});
		expect((await getSession(other, cookie)).body).toBe("null");
	});
});

describe("a session", () => {
	it("returns the account or null, and never its token", async () => {
		const server = await build();
		expect((await getSession(server)).body).toBe("null");
		const answer = await getSession(server, cookieOf(await signUp(server)));
		expect(answer.json()).toEqual({
			user: { id: TEXT, name: "Rin", email: "rin@example.com" },
			session: { expiresAt: TIME },
		});
		expect(answer.headers["cache-control"]).toBe("no-store");
	});

	it("is looked up without a write", async () => {
		const server = await build();
		const cookie = cookieOf(await signUp(server));
		const before = server.commits();
		for (let time = 0; time < 3; time++) await getSession(server, cookie);
		await server.app.inject({ url: "/api/workspaces", headers: { cookie } });
		// Waits for what was queued before it, and changes nothing itself.
		await server.app.storage.write(endSessionByToken, { token: "none" }, { priority: "low" });
		expect(server.commits()).toBe(before);
	});

	it("is looked up while the password of a sign-up is being hashed", async () => {
		const hashing = Promise.withResolvers<undefined>();
		const resume = Promise.withResolvers<undefined>();
		let slow = false;
		const hash = async (password: string) => {
			if (slow) {
				hashing.resolve(undefined);
				await resume.promise;
			}
			return quickHash.hash(password);
		};
		const server = await build({ passwordHash: { ...quickHash, hash } });
		const cookie = cookieOf(await signUp(server));
		slow = true;
		const other = signUp(server, ORIGIN, { email: "jo@example.com" }).then(({ statusCode }) => statusCode);
		await hashing.promise;
		expect((await getSession(server, cookie)).json()).toMatchObject({ user: { name: "Rin" } });
		resume.resolve(undefined);
		expect(await other).toBe(200);
	});

	it("expires after seven days, by the server's clock", async () => {
		const server = await build();
		const cookie = cookieOf(await signUp(server));
		const used = async () => (await server.app.inject({ url: "/api/workspaces", headers: { cookie } })).statusCode;
		server.clock.advance(7 * 86_400 - 3_600);
		expect(await used()).toBe(200);
		server.clock.advance(7_200);
		expect(await used()).toBe(401);
		expect((await getSession(server, cookie)).body).toBe("null");
	});

	it("lasts just as long if the server's clock is ahead", async () => {
		const server = await build();
		server.clock.advance(400 * 86_400);
		const cookie = cookieOf(await signUp(server));
		server.clock.advance(7 * 86_400 - 3_600);
		expect((await getSession(server, cookie)).body).not.toBe("null");
	});

	it("is renewed at most once an hour while in use", async () => {
		const server = await build();
		const cookie = cookieOf(await signUp(server));
		const expiresAt = () => server.db.prepare('SELECT "expiresAt" FROM session').pluck().get() as string;
		const aging = server.db.prepare('UPDATE session SET "expiresAt" = ?, "updatedAt" = ?');
		const unusedSince = Date.now() - 3_700_000;
		aging.run(new Date(unusedSince + 7 * 86_400_000).toISOString(), new Date(unusedSince).toISOString());
		const aged = expiresAt();
		const renewed = await getSession(server, cookie);
		expect(renewed.cookies).toMatchObject([{ name: "auxvyn.session_token", maxAge: 604_800 }]);
		expect(expiresAt() > aged).toBe(true);
		expect((await getSession(server, cookie)).cookies).toEqual([]);
	});

	it("ends 30 days after signing in, however much it is used", async () => {
		const server = await build();
		const cookie = cookieOf(await signUp(server));
		const signedInAt = server.clock.now();
		const age = server.db.prepare('UPDATE session SET "createdAt" = ?, "updatedAt" = ?, "expiresAt" = ?');
		const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
		const day = 86_400_000;
		const age29 = () => age.run(iso(signedInAt - 29 * day), iso(signedInAt - day), iso(signedInAt + 6 * day));
		age29();
		const end = () => server.db.prepare('SELECT "expiresAt" FROM session').pluck().get() as string;
		// The database itself lets no update go further.
		expect(end()).toBe(iso(signedInAt + day));
		expect((await getSession(server, cookie)).cookies).toHaveLength(1);
		expect(end()).toBe(iso(signedInAt + day));
		// Renewed at most once an hour then, too.
		expect((await getSession(server, cookie)).cookies).toEqual([]);
		server.db.exec(`DROP TRIGGER session_ends_after_30_days${isOnPostgres() ? " ON session" : ""}`);
		age29();
		const { session } = (await getSession(server, cookie)).json<{ session: { expiresAt: string } }>();
		expect(session.expiresAt).toBe(iso(signedInAt + day));
		server.clock.advance(86_400);
		expect((await getSession(server, cookie)).body).toBe("null");
	});

	it("ends for good at sign-out, which leaves other sessions alone", async () => {
		const server = await build();
		const first = cookieOf(await signUp(server));
		const payload = { email: "rin@example.com", password: PASSWORD };
		const headers = { origin: ORIGIN };
		const second = cookieOf(
			await server.app.inject({ method: "POST", url: "/api/auth/sign-in/email", headers, payload }),
		);
		const out = await server.app.inject({
			method: "POST",
			url: "/api/auth/sign-out",
			headers: { origin: ORIGIN, cookie: first },
			payload: {},
		});
		expect([out.statusCode, out.json()]).toEqual([200, { success: true }]);
		expect(out.cookies).toContainEqual(expect.objectContaining({ name: "auxvyn.session_token", value: "", maxAge: 0 }));
		expect((await getSession(server, first)).body).toBe("null");
		expect((await getSession(server, second)).body).not.toBe("null");
	});

	it("is deleted once expired", async () => {
		const server = await build();
		await signUp(server);
		server.clock.advance(8 * 86_400);
		const jo = await server.signUp("Jo");
		while (await server.app.storage.write(sweepSessions, undefined));
		const sessions = server.db.prepare('SELECT "userId" FROM session').pluck();
		expect(sessions.all()).toEqual([jo.accountId]);
	});

	it("is one of at most 50: a new one ends the least recently seen", async () => {
		const server = await build();
		const first = cookieOf(await signUp(server));
		const payload = { email: "rin@example.com", password: PASSWORD };
		const signIn = () =>
			server.app.inject({ method: "POST", url: "/api/auth/sign-in/email", headers: { origin: ORIGIN }, payload });
		const second = cookieOf(await signIn());
		for (let n = 2; n < 50; n++) await signIn();
		server.db
			.prepare(`UPDATE session SET "updatedAt" = '2026-01-01T00:00:00.000Z' WHERE token = ?`)
			.run(decodeURIComponent(first).split(/[=.]/)[2]);
		expect((await getSession(server, first)).body).not.toBe("null");
		const latest = cookieOf(await signIn());
		await expect.poll(async () => (await getSession(server, first)).body).toBe("null");
		for (const cookie of [second, latest]) expect((await getSession(server, cookie)).body).not.toBe("null");
		const list = await server.app.inject({ url: "/api/account/sessions", headers: { cookie: second } });
		const { sessions } = list.json<{ sessions: { current: boolean }[] }>();
		expect(sessions.map(({ current }) => current)).toEqual([true, ...new Array<boolean>(49).fill(false)]);
	});
});

describe("Better Auth's other paths", () => {
	it.each([
		["GET", "/api/auth/ok"],
		["GET", "/api/auth/list-sessions"],
		["POST", "/api/auth/update-user"],
		["POST", "/api/auth/change-email"],
		["POST", "/api/auth/sign-in/social"],
		["POST", "/api/auth/forget-password"],
		["POST", "/api/auth/sign-up/email/"],
		["GET", "/api/auth"],
	] as const)("%s %s is not found", async (method, url) => {
		const server = await build();
		const rin = await server.signUp();
		const answer = await rin.request(method, url, method === "POST" ? {} : undefined);
		expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, "not_found"]);
	});
});
