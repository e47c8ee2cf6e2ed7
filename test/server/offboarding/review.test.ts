import { describe, expect, it, onTestFinished } from "vitest";

import type { AccountReview, Start } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { startMailServer } from "../mail-server.ts";
import { invite, join } from "../people/helper.ts";

const ORIGIN = "http://localhost:8787";
const ANOTHER = "staple of a battery horse";

const post = (server: TestServer, path: string, payload: object) =>
	server.app.inject({ method: "POST", url: `/api/auth/${path}`, headers: { origin: ORIGIN }, payload });

/** The person with the session of a new sign-in. */
async function signedIn(server: TestServer, person: Person): Promise<Person> {
	const { cookies } = await post(server, "sign-in/email", { email: person.email, password: ANOTHER });
	const cookie = cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
	const request: Person["request"] = (method, url, body, headers = {}) =>
		server.app.inject({
			method,
			url,
			headers: { cookie, origin: ORIGIN, ...headers },
			...(body === undefined ? {} : { payload: body as object }),
		});
	return { ...person, cookie, request };
}

async function reviewOf(person: Person): Promise<AccountReview | null> {
	return (await person.request("GET", "/api/account/review")).json<{ review: AccountReview | null }>().review;
}

/** A server with mail, on the database of one without, and a function that resets a password there. */
async function withMailNow(before: TestServer) {
	const mail = await startMailServer();
	onTestFinished(() => mail.close());
	await before.close();
	const server = await build({ dataDir: before.dataDir, clock: before.clock, env: mail.env });
	const resetByMail = async (person: Person): Promise<Person> => {
		await post(server, "request-password-reset", { email: person.email });
		const isIt = ({ text, to }: { text: string; to: string[] }) => text.includes("/reset#") && to[0] === person.email;
		await expect.poll(() => mail.mails.filter(isIt)).toHaveLength(1);
		const [sent] = mail.mails.splice(0).filter(isIt);
		const token = /\/reset#(\S+)/.exec(sent?.text ?? "")?.[1];
		expect((await post(server, "reset-password", { token, password: ANOTHER })).statusCode).toBe(204);
		return signedIn(server, person);
	};
	return { server, resetByMail };
}

describe("the first reset of an account whose address was never verified", () => {
	it("ends its sessions, keeps games running, and lists what someone else may have made", async () => {
		const before = await build();
		const stranger = await before.signUp("Mallory");
		before.clock.advance(1);
		const jo = await before.signUp("Jo");
		const key = await stranger.createKey("Planted");
		await jo.createKey("Not listed");
		const ofStranger = `/api/workspaces/${stranger.workspaceId}`;
		await stranger.request("POST", `${ofStranger}/backends`, { name: "Matchmaking" });
		await invite(stranger);
		join(before, stranger, jo.workspaceId, "admin");
		const { server, resetByMail } = await withMailNow(before);
		const old = { headers: { cookie: stranger.cookie } };
		expect((await server.app.inject({ url: "/api/workspaces", ...old })).statusCode).toBe(200);
		server.clock.advance(1);
		const rin = await resetByMail(stranger);
		expect((await server.app.inject({ url: "/api/workspaces", ...old })).statusCode).toBe(401);
		expect((await server.whoami(key.secret)).statusCode).toBe(200);
		expect((await rin.request("GET", "/api/start")).json<Start>().review).toBe(true);
		const inWorkspace = { workspaceId: rin.workspaceId, workspaceName: "Mallory's workspace" };
		expect(await reviewOf(rin)).toMatchObject({
			since: new Date(server.clock.now()).toISOString(),
			workspaces: [
				{ id: rin.workspaceId, role: "owner", people: 1, end: "delete" },
				{ id: jo.workspaceId, role: "admin", people: 2, end: "leave" },
			],
			keys: [{ ...inWorkspace, id: key.id, label: "Planted" }],
			backends: [{ ...inWorkspace, name: "Matchmaking" }],
			invitations: [inWorkspace],
		});
		expect((await rin.request("DELETE", `${ofStranger}/keys/${key.id}`)).statusCode).toBeLessThan(300);
		expect((await reviewOf(rin))?.keys).toEqual([]);
		await rin.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "My own" });
		expect((await rin.request("DELETE", "/api/account/review")).statusCode).toBe(204);
		expect(await reviewOf(rin)).toBeNull();
		expect((await rin.request("GET", "/api/start")).json<Start>().review).toBeUndefined();
	});

	it("comes after a sign-up by invitation too, which anyone can make for any address", async () => {
		const mail = await startMailServer();
		onTestFinished(() => mail.close());
		const server = await build({ env: { ...mail.env, SIGN_UP: "invite" } });
		const { token: invitation } = await invite(await server.signUp("Mallory"));
		const victim = { name: "Victim", email: "victim@corp.example", password: "password of a stranger" };
		const up = await post(server, "sign-up/email", { ...victim, invitation });
		expect([up.statusCode, up.cookies.map(({ name }) => name)]).toMatchObject([
			200,
			["auxvyn.session_token", "auxvyn.device"],
		]);
		await post(server, "request-password-reset", { email: victim.email });
		await expect.poll(() => mail.mails).toHaveLength(1);
		const token = /\/reset#(\S+)/.exec(mail.mails[0]?.text ?? "")?.[1];
		expect((await post(server, "reset-password", { token, password: ANOTHER })).statusCode).toBe(204);
		const strangers = { cookie: up.cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
		expect((await server.app.inject({ url: "/api/workspaces", headers: strangers })).statusCode).toBe(401);
		const owner = await post(server, "sign-in/email", { email: victim.email, password: ANOTHER });
		const headers = { cookie: owner.cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
		const { review } = (await server.app.inject({ url: "/api/account/review", headers })).json<{
			review: AccountReview;
		}>();
		expect(review.workspaces).toMatchObject([{ name: "Victim's workspace", end: "delete" }]);
	});

	it("lets nobody in by invitations from before, until the review has ended", async () => {
		const before = await build();
		const [stranger, jo] = [await before.signUp("Mallory"), await before.signUp("Jo")];
		const { token } = await invite(stranger);
		const { server, resetByMail } = await withMailNow(before);
		const rin = await resetByMail(stranger);
		expect((await invite(rin)).token).toHaveLength(43);
		server.clock.advance(1);
		const { token: own } = await invite(rin, "member");
		const ask = (what: string, given: string) =>
			server.app.inject({
				method: "POST",
				url: `/api/invitations/${what}`,
				headers: { origin: ORIGIN, cookie: jo.cookie },
				payload: { token: given },
			});
		expect([await ask("look", token), await ask("accept", token)].map(({ statusCode }) => statusCode)).toEqual([
			404, 404,
		]);
		expect((await ask("accept", own)).statusCode).toBe(200);
		await rin.request("DELETE", "/api/account/review");
		expect((await ask("accept", token)).json()).toMatchObject({ workspace: { role: "admin" } });
	});

	it("does not list keys made after it", async () => {
		const before = await build();
		const stranger = await before.signUp("Mallory");
		const { server, resetByMail } = await withMailNow(before);
		const rin = await resetByMail(stranger);
		server.clock.advance(1);
		await rin.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "My own" });
		expect((await reviewOf(rin))?.keys).toEqual([]);
	});

	it("stops a key that is on its way to a place", async () => {
		const before = await build();
		const stranger = await before.signUp("Mallory");
		const { device_code, user_code } = await before.startPairing();
		const approval = { workspaceId: stranger.workspaceId, label: "From Studio" };
		expect((await stranger.request("POST", `/api/pairings/${user_code}/approve`, approval)).statusCode).toBe(200);
		const { server, resetByMail } = await withMailNow(before);
		await resetByMail(stranger);
		expect((await server.poll(device_code)).json()).toMatchObject({ error: "access_denied" });
	});

	it("is the only one: later resets leave nothing to review", async () => {
		const before = await build();
		const stranger = await before.signUp("Mallory");
		const { resetByMail } = await withMailNow(before);
		const rin = await resetByMail(stranger);
		await rin.request("DELETE", "/api/account/review");
		expect(await reviewOf(await resetByMail(rin))).toBeNull();
	});

	it("comes again after the address was changed", async () => {
		const before = await build();
		const stranger = await before.signUp("Mallory");
		const { resetByMail } = await withMailNow(before);
		const rin = await resetByMail(stranger);
		await rin.request("DELETE", "/api/account/review");
		await rin.request("POST", "/api/account/email", { email: "victim@example.com", password: ANOTHER });
		expect(await reviewOf(await resetByMail({ ...rin, email: "victim@example.com" }))).not.toBeNull();
	});
});

describe("the reset of an account that counts as verified", () => {
	it("leaves nothing to review", async () => {
		const before = await build();
		const jo = await before.signUp("Jo");
		before.db.prepare('UPDATE "user" SET "emailVerified" = 1').run();
		const { resetByMail } = await withMailNow(before);
		const again = await resetByMail(jo);
		expect(await reviewOf(again)).toBeNull();
		expect((await again.request("GET", "/api/start")).json<Start>().review).toBeUndefined();
	});
});
