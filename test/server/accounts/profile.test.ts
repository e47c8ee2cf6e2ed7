import { describe, expect, it, onTestFinished } from "vitest";

import { scrypt } from "../../../server/accounts/passwords/hashing.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { startMailServer } from "../mail-server.ts";
import { quickHash } from "../quick-hash.ts";

const ORIGIN = "http://localhost:8787";
const PASSWORD = "correct horse battery";
const ANOTHER = "staple of a battery horse";

function signIn(server: TestServer, email: string, password = PASSWORD) {
	const url = "/api/auth/sign-in/email";
	return server.app.inject({ method: "POST", url, headers: { origin: ORIGIN }, payload: { email, password } });
}

/** Signs in from another browser. */
async function otherSession(server: TestServer, { email }: Person): Promise<string> {
	const { cookies } = await signIn(server, email);
	return cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

function isIn(server: TestServer, cookie: string): Promise<boolean> {
	return server.app
		.inject({ url: "/api/workspaces", headers: { cookie } })
		.then(({ statusCode }) => statusCode === 200);
}

describe("the account name", () => {
	it("can be changed", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const answer = await rin.request("PATCH", "/api/account", { name: "  Rin Moonlit " });
		expect([answer.statusCode, answer.json()]).toEqual([
			200,
			{ account: { id: rin.accountId, name: "Rin Moonlit", email: rin.email } },
		]);
		expect((await rin.request("GET", "/api/auth/get-session")).json()).toMatchObject({ user: { name: "Rin Moonlit" } });
	});

	it.each([[""], ["a".repeat(51)], ["tab\there"]])("cannot be %j", async (name) => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const answer = await rin.request("PATCH", "/api/account", { name });
		expect([answer.statusCode, answer.json()]).toMatchObject([400, { errors: [{ path: "name" }] }]);
	});
});

describe("the e-mail address", () => {
	it("is changed with the password, works for sign-in, and the old one is notified", async () => {
		const mail = await startMailServer();
		onTestFinished(() => mail.close());
		const server = await build({ env: mail.env });
		const rin = await server.signUp("Rin");
		const body = { email: " New@Example.com", password: PASSWORD };
		const answer = await rin.request("POST", "/api/account/email", body);
		expect([answer.statusCode, answer.json()]).toMatchObject([200, { account: { email: "new@example.com" } }]);
		expect((await signIn(server, rin.email)).statusCode).toBe(401);
		expect((await signIn(server, "new@example.com")).statusCode).toBe(200);
		await expect.poll(() => mail.mails).toHaveLength(1);
		expect(mail.mails[0]).toMatchObject({ to: [rin.email], from: "keys@example.com" });
		expect(mail.mails[0]?.text).toContain("now uses a different one");
		expect(mail.mails[0]?.text).not.toContain("new@example.com");
	});

	it("stays the same if the new one is taken or invalid, or the password is wrong", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const change = (email: string, password = PASSWORD) =>
			rin.request("POST", "/api/account/email", { email, password });
		const taken = await change(jo.email.toUpperCase());
		expect([taken.statusCode, taken.json()]).toMatchObject([422, { code: "email_taken", errors: [{ path: "email" }] }]);
		const wrong = await change("no address");
		expect([wrong.statusCode, wrong.json()]).toMatchObject([400, { errors: [{ path: "email" }] }]);
		const guessed = await change("new@example.com", "wrong horse battery");
		expect([guessed.statusCode, guessed.json()]).toMatchObject([
			403,
			{ code: "wrong_password", errors: [{ path: "password" }] },
		]);
		expect((await signIn(server, rin.email)).statusCode).toBe(200);
	});

	it.each(["a@b.co", "first.last+keys@mail.example.com", "o'neil@example.com", "x_y-z@sub-domain.example.org"])(
		"can be %s, and then works for sign-in",
		async (email) => {
			const server = await build();
			const rin = await server.signUp("Rin");
			expect((await rin.request("POST", "/api/account/email", { email, password: PASSWORD })).statusCode).toBe(200);
			expect((await signIn(server, email)).statusCode).toBe(200);
		},
	);

	it.each([
		"a@b",
		"a..b@example.com",
		".a@example.com",
		"a@-example.com",
		"a b@example.com",
		"a@example.com\r\nBcc: b@c.de",
	])("cannot be %j", async (email) => {
		const server = await build();
		const rin = await server.signUp("Rin");
		expect((await rin.request("POST", "/api/account/email", { email, password: PASSWORD })).statusCode).toBe(400);
	});
});

describe("the password", () => {
	it("is changed with the current one, and all other sessions are refused from their next request on", async () => {
		const server = await build({ passwordHash: scrypt });
		const rin = await server.signUp("Rin");
		const other = await otherSession(server, rin);
		const body = { currentPassword: PASSWORD, newPassword: ANOTHER };
		expect((await rin.request("POST", "/api/account/password", body)).statusCode).toBe(204);
		expect(await isIn(server, other)).toBe(false);
		expect(await isIn(server, rin.cookie)).toBe(true);
		expect((await signIn(server, rin.email)).statusCode).toBe(401);
		expect((await signIn(server, rin.email, ANOTHER)).statusCode).toBe(200);
		expect((await server.dataBytes()).includes(ANOTHER)).toBe(false);
	});

	it.each([
		["too short", "Tr0ub4d"],
		["a single repeated letter", "a".repeat(20)],
		["the account's name", "Rin Moonlit"],
		["little more than the account's name", "Rin Moonlit99"],
		["one of the most common passwords", "Liverpool"],
		["too long", "correct horse ".repeat(20)],
	])("cannot be %s", async (_what, newPassword) => {
		const server = await build();
		const rin = await server.signUp("Rin Moonlit");
		const answer = await rin.request("POST", "/api/account/password", { currentPassword: PASSWORD, newPassword });
		expect([answer.statusCode, answer.json()]).toMatchObject([
			422,
			{ code: "weak_password", errors: [{ path: "newPassword" }] },
		]);
	});

	it("shares its limit on failed attempts with sign-in", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.3" } });
		const rin = await server.signUp("Rin");
		const body = { currentPassword: "wrong horse battery", newPassword: ANOTHER };
		for (const status of [403, 403, 403, 429]) {
			expect((await rin.request("POST", "/api/account/password", body)).statusCode).toBe(status);
		}
		expect((await signIn(server, rin.email)).statusCode).toBe(429);
		expect((await rin.request("GET", "/api/account/sessions")).statusCode).toBe(200);
	});

	it("ends a concurrent sign-in with the old one if it changes", async () => {
		const verifying = Promise.withResolvers<undefined>();
		const resume = Promise.withResolvers<undefined>();
		let slow = false;
		const server = await build({
			passwordHash: {
				...quickHash,
				verify: async (given) => {
					const right = await quickHash.verify(given);
					if (slow) {
						slow = false;
						verifying.resolve(undefined);
						await resume.promise;
					}
					return right;
				},
			},
		});
		const rin = await server.signUp("Rin");
		slow = true;
		const late = signIn(server, rin.email);
		await verifying.promise;
		const body = { currentPassword: PASSWORD, newPassword: ANOTHER };
		expect((await rin.request("POST", "/api/account/password", body)).statusCode).toBe(204);
		resume.resolve(undefined);
		const answer = await late;
		expect([answer.statusCode, answer.cookies]).toEqual([401, []]);
		expect(server.db.prepare("SELECT count(*) FROM session").pluck().get()).toBe(1);
	});
});

describe("what goes stale while a password is being hashed", () => {
	/** Holds the next hash or verification until told to go on. */
	function slowHash() {
		const begun = Promise.withResolvers<undefined>();
		const resume = Promise.withResolvers<undefined>();
		let slow = false;
		const held = async <T>(result: T): Promise<T> => {
			if (!slow) return result;
			slow = false;
			begun.resolve(undefined);
			await resume.promise;
			return result;
		};
		const passwordHash = {
			hash: async (password: string) => held(await quickHash.hash(password)),
			verify: async (given: { hash: string; password: string }) => held(await quickHash.verify(given)),
		};
		return {
			passwordHash,
			/** Starts `work`, and does `meanwhile` while it hashes. */
			async during<T>(work: () => Promise<T>, meanwhile: () => Promise<unknown>): Promise<T> {
				slow = true;
				const running = work();
				await begun.promise;
				await meanwhile();
				resume.resolve(undefined);
				return running;
			},
		};
	}

	it("is a reset link: one that was used in between sets no second password", async () => {
		const mail = await startMailServer();
		onTestFinished(() => mail.close());
		const { passwordHash, during } = slowHash();
		const server = await build({ env: mail.env, passwordHash });
		const rin = await server.signUp("Rin");
		const headers = { origin: ORIGIN };
		const send = (path: string, payload: object) =>
			server.app.inject({ method: "POST", url: `/api/auth/${path}`, headers, payload });
		await send("request-password-reset", { email: rin.email });
		await expect.poll(() => mail.mails).toHaveLength(1);
		const token = /#(\S+)/.exec(mail.mails[0]?.text ?? "")?.[1];
		const late = await during(
			() => send("reset-password", { token, password: "password of the late one" }),
			() => send("reset-password", { token, password: ANOTHER }),
		);
		expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([410, "expired_link"]);
		expect((await signIn(server, rin.email, ANOTHER)).statusCode).toBe(200);
	});

	it("is a proof: a password changed in between does not change the e-mail address", async () => {
		const { passwordHash, during } = slowHash();
		const server = await build({ passwordHash });
		const rin = await server.signUp("Rin");
		const cookie = await otherSession(server, rin);
		const late = await during(
			() => rin.request("POST", "/api/account/email", { email: "new@example.com", password: PASSWORD }),
			() => rin.request("POST", "/api/account/password", { currentPassword: PASSWORD, newPassword: ANOTHER }),
		);
		expect([late.statusCode, late.json()]).toMatchObject([403, { errors: [{ path: "password" }] }]);
		expect((await signIn(server, rin.email, ANOTHER)).statusCode).toBe(200);
		expect(await isIn(server, cookie)).toBe(false);
	});

	it("is a session: one ended in between changes neither address nor password", async () => {
		const { passwordHash, during } = slowHash();
		const server = await build({ passwordHash });
		const rin = await server.signUp("Rin");
		const other = await otherSession(server, rin);
		const late = await during(
			() => rin.request("POST", "/api/account/email", { email: "new@example.com", password: PASSWORD }),
			() => rin.request("DELETE", "/api/account/sessions", undefined, { cookie: other }),
		);
		expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([401, "no_session"]);
		expect((await signIn(server, rin.email)).statusCode).toBe(200);
	});

	it("is an address: one taken in between is not given twice", async () => {
		const { passwordHash, during } = slowHash();
		const server = await build({ passwordHash });
		const rin = await server.signUp("Rin");
		const jo = await server.signUp("Jo");
		const body = { email: "new@example.com", password: PASSWORD };
		const late = await during(
			() => rin.request("POST", "/api/account/email", body),
			() => jo.request("POST", "/api/account/email", body),
		);
		expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([422, "email_taken"]);
	});
});

describe("account routes", () => {
	it.each([
		["PATCH", "/api/account"],
		["POST", "/api/account/email"],
		["POST", "/api/account/password"],
		["POST", "/api/account/delete"],
		["GET", "/api/account/activity"],
		["GET", "/api/account/review"],
		["DELETE", "/api/account/review"],
		["GET", "/api/account/sessions"],
		["DELETE", "/api/account/sessions"],
		["DELETE", "/api/account/sessions/x"],
	] as const)("%s %s requires a session and this server's origin", async (method, url) => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const payload = method === "POST" || method === "PATCH" ? {} : undefined;
		const stranger = await server.app.inject({ method, url, headers: { origin: ORIGIN }, ...(payload && { payload }) });
		expect([stranger.statusCode, stranger.json<{ code: string }>().code]).toEqual([401, "no_session"]);
		if (method === "GET") return;
		const elsewhere = await rin.request(method, url, payload, { origin: "https://evil.example.com" });
		expect([elsewhere.statusCode, elsewhere.json<{ code: string }>().code]).toEqual([403, "cross_origin"]);
	});
});

describe("sessions", () => {
	it("are listed with time and address, this one first, without tokens", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		await server.signUp("Jo");
		await otherSession(server, rin);
		const { sessions } = (await rin.request("GET", "/api/account/sessions")).json<{ sessions: object[] }>();
		const time: unknown = expect.stringMatching(/^\d{4}-.*Z$/);
		const id: unknown = expect.any(String);
		const common = { id, createdAt: time, lastSeenAt: time, address: "127.0.0.1", userAgent: "lightMyRequest" };
		expect(sessions).toEqual([
			{ ...common, current: true },
			{ ...common, current: false },
		]);
		const tokens = server.db.prepare<[], string>("SELECT token FROM session").pluck().all();
		expect(tokens).toHaveLength(3);
		for (const token of tokens) expect(JSON.stringify(sessions)).not.toContain(token);
	});

	it("that have expired are not listed", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const own = server.db.prepare<[], string>("SELECT token FROM session").pluck().get();
		await otherSession(server, rin);
		server.db
			.prepare('UPDATE session SET "expiresAt" = ? WHERE token <> ?')
			.run(new Date(server.clock.now()).toISOString(), own);
		expect((await rin.request("GET", "/api/account/sessions")).json<{ sessions: [] }>().sessions).toHaveLength(1);
	});

	it("can be ended one by one, or all but this one, and are then refused", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const [first, second] = [await otherSession(server, rin), await otherSession(server, rin)];
		const mine = await server.app.inject({ url: "/api/account/sessions", headers: { cookie: first } });
		const { id = "" } = mine.json<{ sessions: { id: string }[] }>().sessions[0] ?? {};
		expect((await rin.request("DELETE", `/api/account/sessions/${id}`)).statusCode).toBe(204);
		expect([await isIn(server, first), await isIn(server, second)]).toEqual([false, true]);
		expect((await rin.request("DELETE", `/api/account/sessions/${id}`)).statusCode).toBe(404);
		expect((await rin.request("DELETE", "/api/account/sessions")).statusCode).toBe(204);
		expect([await isIn(server, second), await isIn(server, rin.cookie)]).toEqual([false, true]);
	});

	it("of other accounts cannot be ended", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		const theirs = (await jo.request("GET", "/api/account/sessions")).json<{ sessions: { id: string }[] }>();
		const { id = "" } = theirs.sessions[0] ?? {};
		expect((await rin.request("DELETE", `/api/account/sessions/${id}`)).statusCode).toBe(404);
		await rin.request("DELETE", "/api/account/sessions");
		expect(await isIn(server, jo.cookie)).toBe(true);
	});
});
