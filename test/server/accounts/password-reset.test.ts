import { describe, expect, it, onTestFinished } from "vitest";

import { build, type BuildOptions, type TestServer } from "../helper.ts";
import { type MailServer, startMailServer } from "../mail-server.ts";
import { quickHash } from "../quick-hash.ts";

const ORIGIN = "http://localhost:8787";
const PASSWORD = "correct horse battery";
const ANOTHER = "staple of a battery horse";
const LINK = /^http:\/\/localhost:8787\/reset#([A-Za-z0-9_-]{43})$/m;

function post(server: TestServer, path: string, payload: object, remoteAddress = "127.0.0.1") {
	const url = `/api/auth/${path}`;
	return server.app.inject({ method: "POST", url, headers: { origin: ORIGIN }, payload, remoteAddress });
}

const requestLink = (server: TestServer, email: string, address?: string) =>
	post(server, "request-password-reset", { email }, address);
const reset = (server: TestServer, token: string, password = ANOTHER) =>
	post(server, "reset-password", { token, password });
const look = (server: TestServer, token: string) => post(server, "reset-password/look", { token });
const signIn = async (server: TestServer, email: string, password: string) =>
	(await post(server, "sign-in/email", { email, password })).statusCode;

async function withMail(
	env: Record<string, string> = {},
	options: BuildOptions = {},
): Promise<{ server: TestServer; mail: MailServer }> {
	const mail = await startMailServer();
	onTestFinished(() => mail.close());
	return { mail, server: await build({ env: { LOG_LEVEL: "trace", ...mail.env, ...env }, ...options }) };
}

/** The token in the latest mail, once there are `count`. */
async function token({ mails }: MailServer, count = 1): Promise<string> {
	await expect.poll(() => mails).toHaveLength(count);
	return LINK.exec(mails.at(-1)?.text ?? "")?.[1] ?? "";
}

/** What returns waits until it has been called `count` times. */
function meeting(count: number): () => Promise<void> {
	const met = Promise.withResolvers<undefined>();
	let missing = count;
	return async () => {
		missing -= 1;
		if (missing === 0) met.resolve(undefined);
		await met.promise;
	};
}

describe("a forgotten password", () => {
	it("can be reset once with the mailed link, which ends all sessions of the account", async () => {
		const { server, mail } = await withMail();
		const rin = await server.signUp("Rin");
		expect((await requestLink(server, ` ${rin.email.toUpperCase()}`)).statusCode).toBe(202);
		const sent = await token(mail);
		expect(mail.mails[0]).toMatchObject({ to: [rin.email], from: "keys@example.com" });
		expect(mail.mails[0]?.headers).toMatch(/^From: Auxvyn <keys@example\.com>$/m);
		expect((await look(server, sent)).statusCode).toBe(204);
		expect((await reset(server, sent)).statusCode).toBe(204);
		expect((await rin.request("GET", "/api/workspaces")).statusCode).toBe(401);
		expect(await signIn(server, rin.email, PASSWORD)).toBe(401);
		expect(await signIn(server, rin.email, ANOTHER)).toBe(200);
		const again = await reset(server, sent, PASSWORD);
		expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([410, "expired_link"]);
		expect((await look(server, sent)).json()).toMatchObject({ code: "expired_link" });
		expect(await signIn(server, rin.email, ANOTHER)).toBe(200);
	});

	it("does not reveal who has an account", async () => {
		const { server, mail } = await withMail();
		const rin = await server.signUp("Rin");
		const [known, unknown] = [await requestLink(server, rin.email), await requestLink(server, "unknown@example.com")];
		expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
		expect(Object.keys(unknown.headers)).toEqual(Object.keys(known.headers));
		await token(mail);
		await server.close();
		expect(mail.mails).toHaveLength(1);
	});

	it("creates the link well after the response, or at once when the server closes", async () => {
		const { server, mail } = await withMail({}, { mailDelayMs: () => 3_600_000 });
		const rin = await server.signUp("Rin");
		const before = server.commits();
		for (const email of [rin.email, "unknown@example.com"])
			expect((await requestLink(server, email)).statusCode).toBe(202);
		await server.whoami();
		expect(server.commits()).toBe(before);
		await server.close();
		await token(mail);
	});

	it("commits a write for unknown addresses too, since its absence could be noticed", async () => {
		const { server, mail } = await withMail();
		let before = server.commits();
		for (const email of ["unknown@example.com", "no-one@example.com"]) {
			server.clock.advance(1);
			expect((await requestLink(server, email)).statusCode).toBe(202);
			await expect.poll(() => server.commits()).not.toBe(before);
			before = server.commits();
		}
		expect(mail.mails).toEqual([]);
	});

	it("limits requests to five per e-mail address in ten minutes, known or not", async () => {
		const { server } = await withMail();
		const rin = await server.signUp("Rin");
		for (const email of [rin.email, "unknown@example.com"]) {
			for (let time = 0; time < 5; time++)
				expect((await requestLink(server, email, `198.51.100.${time}`)).statusCode).toBe(202);
			const refused = await requestLink(server, email, "198.51.100.9");
			expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([429, "600"]);
		}
		server.clock.advance(600);
		expect((await requestLink(server, rin.email)).statusCode).toBe(202);
	});

	it("limits a client to 30 e-mail addresses and 30 links in ten minutes", async () => {
		const { server } = await withMail({ RATE_LIMIT_SCALE: "0.1" });
		for (const each of [1, 2, 3])
			expect((await requestLink(server, `unknown${each}@example.com`)).statusCode).toBe(202);
		expect((await requestLink(server, "unknown4@example.com")).statusCode).toBe(429);
		for (const send of [look, reset])
			for (const status of [410, 410, 410, 429]) expect((await send(server, "x".repeat(43))).statusCode).toBe(status);
	});

	it("is refused if mail is not configured, and the error says what to do", async () => {
		const server = await build();
		const answer = await requestLink(server, "rin@example.com");
		expect([answer.statusCode, answer.json()]).toMatchObject([
			409,
			{ code: "no_mail", detail: expect.stringContaining("npm run reset-password --") as string },
		]);
	});

	it("cannot be reset from another site", async () => {
		const { server } = await withMail();
		for (const path of ["request-password-reset", "reset-password"]) {
			const headers = { origin: "https://evil.example.com" };
			const answer = await server.app.inject({ method: "POST", url: `/api/auth/${path}`, headers, payload: {} });
			expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "cross_origin"]);
		}
	});

	it("gets the same response if the mail server refuses, and the log omits the address", async () => {
		const { server, mail } = await withMail();
		const rin = await server.signUp("Rin");
		mail.refuse();
		expect((await requestLink(server, rin.email)).statusCode).toBe(202);
		await expect.poll(() => server.logs.join("")).toContain("mail not sent: EENVELOPE 550");
		expect(server.logs.join("")).not.toContain(rin.email);
	});
});

describe("a password reset link", () => {
	it("expires after an hour", async () => {
		const { server, mail } = await withMail();
		const rin = await server.signUp("Rin");
		await requestLink(server, rin.email);
		const sent = await token(mail);
		server.clock.advance(3600);
		expect((await reset(server, sent)).statusCode).toBe(410);
	});

	it("refuses weak passwords without being used up", async () => {
		const { server, mail } = await withMail();
		const rin = await server.signUp("Rin");
		await requestLink(server, rin.email);
		const sent = await token(mail);
		for (const password of ["short", "a".repeat(20), rin.email, "iloveyou"]) {
			const answer = await reset(server, sent, password);
			expect([answer.statusCode, answer.json()]).toMatchObject([422, { errors: [{ path: "password" }] }]);
		}
		expect((await reset(server, sent)).statusCode).toBe(204);
	});

	it("is one of the latest three, and all of them are used up at once", async () => {
		const { server, mail } = await withMail();
		const rin = await server.signUp("Rin");
		const sent: string[] = [];
		for (let time = 1; time <= 4; time++) {
			await requestLink(server, rin.email);
			sent.push(await token(mail, time));
			server.clock.advance(1);
		}
		const [first = "", second = "", , fourth = ""] = sent;
		expect((await reset(server, first)).statusCode).toBe(410);
		expect((await reset(server, fourth)).statusCode).toBe(204);
		expect((await reset(server, second)).statusCode).toBe(410);
	});

	it("is invalid once the account's e-mail address or password has changed", async () => {
		const { server, mail } = await withMail();
		const rin = await server.signUp("Rin");
		await requestLink(server, rin.email);
		const toOld = await token(mail);
		await rin.request("POST", "/api/account/email", { email: "new@example.com", password: PASSWORD });
		expect((await reset(server, toOld)).statusCode).toBe(410);
		await expect.poll(() => mail.mails).toHaveLength(2);
		await requestLink(server, "new@example.com");
		const before = await token(mail, 3);
		await rin.request("POST", "/api/account/password", { currentPassword: PASSWORD, newPassword: ANOTHER });
		expect((await reset(server, before)).statusCode).toBe(410);
	});

	it("sets only one password if used twice at once", async () => {
		const both = meeting(2);
		const hash = async (password: string) => {
			if (password !== PASSWORD) await both();
			return quickHash.hash(password);
		};
		const { server, mail } = await withMail({}, { passwordHash: { ...quickHash, hash } });
		const rin = await server.signUp("Rin");
		await requestLink(server, rin.email);
		const sent = await token(mail);
		// Neither has been stored before both have been hashed.
		const statuses = (await Promise.all([reset(server, sent), reset(server, sent, "another horse battery")])).map(
			({ statusCode }) => statusCode,
		);
		expect(statuses.sort()).toEqual([204, 410]);
	});

	it("clears earlier failed sign-in attempts", async () => {
		const { server, mail } = await withMail({ RATE_LIMIT_SCALE: "0.2" });
		const rin = await server.signUp("Rin");
		for (const status of [401, 401, 429]) expect(await signIn(server, rin.email, "a wrong password")).toBe(status);
		await requestLink(server, rin.email);
		await reset(server, await token(mail));
		expect(await signIn(server, rin.email, ANOTHER)).toBe(200);
	});

	it("is neither logged nor stored, and neither are the old and new passwords", async () => {
		const { server, mail } = await withMail();
		const rin = await server.signUp("Rin");
		await requestLink(server, rin.email);
		const sent = await token(mail);
		await server.app.inject(`/reset#${sent}`);
		await reset(server, sent, "weak");
		await reset(server, sent);
		await reset(server, sent);
		const written = Buffer.concat([await server.dataBytes(), Buffer.from(server.logs.join(""))]).toString("latin1");
		for (const secret of [sent, PASSWORD, ANOTHER]) expect(written).not.toContain(secret);
		expect(server.logs.join("")).not.toContain(rin.email);
	});
});
