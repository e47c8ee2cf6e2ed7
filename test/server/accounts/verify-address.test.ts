import type { LightMyRequestResponse as Answer } from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";

import { sweepPendingSignUps } from "../../../server/accounts/sign-up/pending.store.ts";
import { build, type BuildOptions, type TestServer } from "../helper.ts";
import { type MailServer, startMailServer } from "../mail-server.ts";
import { invite } from "../people/helper.ts";
import { quickHash } from "../quick-hash.ts";

const ORIGIN = "http://localhost:8787";
const PASSWORD = "correct horse battery";
const RIN = { name: "Rin", email: "rin@example.com", password: PASSWORD };
const LINK = /^http:\/\/localhost:8787\/verify#([A-Za-z0-9_-]{43})$/m;

const post = (server: TestServer, path: string, payload: object, remoteAddress = "127.0.0.1") =>
	server.app.inject({ method: "POST", url: `/api/auth/${path}`, headers: { origin: ORIGIN }, payload, remoteAddress });
const signUp = (server: TestServer, fields: object = {}, address?: string) =>
	post(server, "sign-up/email", { ...RIN, ...fields }, address);
const signIn = (server: TestServer, fields: object = {}) =>
	post(server, "sign-in/email", { email: RIN.email, password: PASSWORD, ...fields });
const verify = (server: TestServer, token: string, password = PASSWORD) =>
	post(server, "verify-email", { token, password });
const codeOf = (answer: Answer) => [answer.statusCode, answer.json<{ code?: string }>().code];

async function withMail(options: BuildOptions = {}): Promise<{ server: TestServer; mail: MailServer }> {
	const mail = await startMailServer();
	onTestFinished(() => mail.close());
	return { mail, server: await build({ ...options, env: { LOG_LEVEL: "trace", ...mail.env, ...options.env } }) };
}

/** The token in the latest mail, once there are `count`. */
async function token({ mails }: MailServer, count = 1): Promise<string> {
	await expect.poll(() => mails).toHaveLength(count);
	return LINK.exec(mails.at(-1)?.text ?? "")?.[1] ?? "";
}

const countOf = (server: TestServer, table: string) =>
	server.db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get();

describe("a sign-up where mail is configured and everyone may sign up", () => {
	it("creates nothing until the mailed link is opened and the password entered, which signs in", async () => {
		const { server, mail } = await withMail();
		const up = await signUp(server);
		expect([up.statusCode, up.json(), up.cookies]).toEqual([202, {}, []]);
		const sent = await token(mail);
		expect(mail.mails[0]).toMatchObject({ to: [RIN.email] });
		expect(countOf(server, "user")).toBe(0);
		expect(codeOf(await signIn(server))).toEqual([403, "address_unverified"]);
		expect(codeOf(await signIn(server, { password: "another horse battery" }))).toEqual([401, "invalid_credentials"]);
		const verified = await verify(server, sent);
		expect([verified.statusCode, verified.json()]).toMatchObject([200, { user: { name: "Rin", email: RIN.email } }]);
		const [cookie] = verified.cookies;
		const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
		const { workspaces } = (await server.app.inject({ url: "/api/workspaces", headers })).json<{ workspaces: [] }>();
		expect(workspaces).toMatchObject([{ name: "Rin's workspace", role: "owner" }]);
		expect(server.db.prepare('SELECT "emailVerified" FROM "user"').pluck().get()).toBe(1);
		expect(codeOf(await verify(server, sent))).toEqual([410, "expired_link"]);
		expect((await signIn(server)).statusCode).toBe(200);
	});

	it("does not tell who has an account: the account's owner gets a mail that says so", async () => {
		const hashed: string[] = [];
		const hash = async (password: string) => {
			hashed.push(password);
			return quickHash.hash(password);
		};
		const { server, mail } = await withMail({ passwordHash: { ...quickHash, hash } });
		const jo = await server.signUp("Jo");
		hashed.length = 0;
		const known = await signUp(server, { email: jo.email });
		await expect.poll(() => mail.mails).toHaveLength(1);
		const unknown = await signUp(server);
		expect([known.statusCode, known.body]).toEqual([unknown.statusCode, unknown.body]);
		expect(Object.keys(known.headers)).toEqual(Object.keys(unknown.headers));
		expect(hashed).toEqual([PASSWORD, PASSWORD]);
		await token(mail, 2);
		expect(mail.mails[0]).toMatchObject({ to: [jo.email] });
		expect(mail.mails[0]?.text).toContain("already has an account");
		expect(mail.mails[0]?.text).not.toMatch(LINK);
		expect((await jo.request("GET", "/api/workspaces")).statusCode).toBe(200);
	});

	it("is looked up well after the response, with a write for every address", async () => {
		let delay = 3_600_000;
		const { server, mail } = await withMail({ mailDelayMs: () => delay });
		const jo = await server.signUp("Jo");
		let before = server.commits();
		for (const email of [jo.email, RIN.email]) expect((await signUp(server, { email })).statusCode).toBe(202);
		expect(server.commits()).toBe(before);
		delay = 0;
		for (const [sent, email] of [jo.email, "sam@example.com"].entries()) {
			await signUp(server, { email });
			await expect.poll(() => mail.mails).toHaveLength(sent + 1);
			expect(server.commits()).not.toBe(before);
			before = server.commits();
		}
	});

	it("by a stranger keeps the address's owner neither from the link nor from a reset", async () => {
		const { server, mail } = await withMail();
		await signUp(server, {}, "198.51.100.1");
		const own = await token(mail);
		// In ten minutes an address gets five mails. With ten sign-ups kept, the stranger's own go first.
		for (let count = 0; count < 15; count++) {
			if (count % 5 === 4) {
				await expect.poll(() => mail.mails).toHaveLength(count + 1);
				server.clock.advance(601);
			}
			expect((await signUp(server, { password: `stranger ${count}` }, "203.0.113.9")).statusCode).toBe(202);
		}
		await expect.poll(() => countOf(server, "pending_sign_up")).toBe(10);
		// Guesses at the address, from anywhere, do not count against who has the link.
		for (let count = 0; count < 25; count++) {
			await post(server, "sign-in/email", { email: RIN.email, password: "a wrong guess" }, `203.0.113.${count}`);
		}
		expect((await verify(server, own)).json()).toMatchObject({ user: { name: "Rin" } });

		server.clock.advance(601);
		await expect.poll(() => mail.mails).toHaveLength(16);
		for (let count = 0; count < 6; count++) await signUp(server, {}, "203.0.113.9");
		await expect.poll(() => mail.mails).toHaveLength(21);
		expect((await post(server, "request-password-reset", { email: RIN.email })).statusCode).toBe(202);
		await expect.poll(() => mail.mails.at(-1)?.text).toContain("/reset#");
	});

	it("by a stranger with the same address does not give the stranger the account", async () => {
		const { server, mail } = await withMail();
		await signUp(server, { name: "Mallory", password: "password of a stranger" });
		const strangers = await token(mail);
		expect(codeOf(await verify(server, strangers, PASSWORD))).toEqual([403, "wrong_password"]);
		await signUp(server);
		const own = await token(mail, 2);
		expect((await verify(server, own)).json()).toMatchObject({ user: { name: "Rin" } });
		expect(codeOf(await verify(server, strangers, "password of a stranger"))).toEqual([410, "expired_link"]);
		expect(codeOf(await signIn(server, { password: "password of a stranger" }))).toEqual([401, "invalid_credentials"]);
	});

	it("has a link that works once, even if opened twice at once, and the first to sign up has the address", async () => {
		const { server, mail } = await withMail();
		await signUp(server);
		const sent = await token(mail);
		const answers = await Promise.all([verify(server, sent), verify(server, sent)]);
		expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
		expect(countOf(server, "user")).toBe(1);
	});

	it("has a link that expires after a day, and is swept", async () => {
		const { server, mail } = await withMail();
		await signUp(server);
		const sent = await token(mail);
		expect(await server.app.storage.write(sweepPendingSignUps, undefined)).toBe(false);
		server.clock.advance(86_400);
		expect(codeOf(await verify(server, sent))).toEqual([410, "expired_link"]);
		expect(codeOf(await signIn(server))).toEqual([401, "invalid_credentials"]);
		expect(await server.app.storage.write(sweepPendingSignUps, undefined)).toBe(true);
		expect(countOf(server, "pending_sign_up")).toBe(0);
	});

	it("limits guesses of a link's password like those at sign-in", async () => {
		const { server, mail } = await withMail({ env: { RATE_LIMIT_SCALE: "0.3" } });
		await signUp(server);
		const sent = await token(mail);
		for (const status of [403, 403, 403, 429])
			expect((await verify(server, sent, "a wrong password")).statusCode).toBe(status);
	});

	it("is mailed to one address at most five times in ten minutes, known or not, and keeps at most ten", async () => {
		const { server, mail } = await withMail();
		for (let time = 0; time < 5; time++) expect((await signUp(server, {}, `198.51.100.${time}`)).statusCode).toBe(202);
		const refused = await signUp(server, {}, "198.51.100.9");
		expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([429, "600"]);
		for (let more = 1; more <= 2; more++) {
			server.clock.advance(600);
			for (let time = 0; time < 5; time++) await signUp(server, {}, `198.51.100.${time}`);
		}
		await expect.poll(() => mail.mails).toHaveLength(15);
		expect(countOf(server, "pending_sign_up")).toBe(10);
	});

	it("needs the mail with an invitation too, which anyone could make, and tells as little", async () => {
		const { server, mail } = await withMail();
		const jo = await server.signUp("Jo");
		const { token: invitation } = await invite(jo);
		const known = await signUp(server, { email: jo.email, invitation });
		const unknown = await signUp(server, { invitation });
		expect([known.statusCode, known.body, known.cookies]).toEqual([202, "{}", []]);
		expect([unknown.statusCode, unknown.body, unknown.cookies]).toEqual([202, "{}", []]);
		await expect.poll(() => mail.mails).toHaveLength(2);
		expect(countOf(server, "user")).toBe(1);
		const sent = LINK.exec(mail.mails.find(({ to }) => to[0] === RIN.email)?.text ?? "")?.[1] ?? "";
		const { cookies } = await verify(server, sent);
		const accepted = await server.app.inject({
			method: "POST",
			url: "/api/invitations/accept",
			headers: { origin: ORIGIN, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
			payload: { token: invitation },
		});
		expect(accepted.statusCode).toBe(200);
	});

	it("leaves neither the link's token nor the password behind, and no address in the log", async () => {
		const { server, mail } = await withMail();
		await signUp(server);
		const sent = await token(mail);
		await server.app.inject(`/verify#${sent}`);
		await verify(server, sent, "a wrong password");
		await verify(server, sent);
		const written = Buffer.concat([await server.dataBytes(), Buffer.from(server.logs.join(""))]).toString("latin1");
		for (const secret of [sent, PASSWORD]) expect(written).not.toContain(secret);
		expect(server.logs.join("")).not.toContain(RIN.email);
	});

	it("cannot be completed once sign-up is closed", async () => {
		const { server, mail } = await withMail();
		await signUp(server);
		const sent = await token(mail);
		await server.close();
		const closed = await build({ dataDir: server.dataDir, env: { ...mail.env, SIGN_UP: "invite" } });
		expect(codeOf(await verify(closed, sent))).toEqual([403, "sign_up_closed"]);
	});
});
