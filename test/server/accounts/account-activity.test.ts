import { describe, expect, it } from "vitest";

import { sweepAccountEvents } from "../../../server/accounts/activity/account-events.store.ts";
import type { AccountEvent } from "../../../shared/wire.ts";
import { build, type Person, type TestServer } from "../helper.ts";

const ORIGIN = "http://localhost:8787";
const PASSWORD = "correct horse battery";
const ANOTHER = "staple of a battery horse";

function signIn(server: TestServer, email: string, password = PASSWORD, remoteAddress = "127.0.0.1") {
	const url = "/api/auth/sign-in/email";
	const headers = { origin: ORIGIN, "user-agent": "Firefox/140.0" };
	return server.app.inject({ method: "POST", url, headers, payload: { email, password }, remoteAddress });
}

async function eventsOf(person: Person): Promise<AccountEvent[]> {
	return (await person.request("GET", "/api/account/activity")).json<{ events: AccountEvent[] }>().events;
}

const kindsOf = async (person: Person) => (await eventsOf(person)).map(({ kind }) => kind);

/** A new cookie of the same account. */
async function another(server: TestServer, rin: Person): Promise<string> {
	const { cookies } = await signIn(server, rin.email);
	return cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

describe("an account's own activity", () => {
	it("has each sign-in with time, address and browser, latest first, and is nobody else's", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		server.clock.advance(60);
		await signIn(server, rin.email, PASSWORD, "198.51.100.1");
		const at = new Date(server.clock.now()).toISOString();
		expect(await eventsOf(rin)).toEqual([
			{ at, kind: "signed_in", address: "198.51.100.1", userAgent: "Firefox/140.0", count: 1 },
			expect.objectContaining({ kind: "signed_in", address: "127.0.0.1" }),
		]);
		expect(await kindsOf(jo)).toEqual(["signed_in"]);
	});

	it("has changed credentials, ended sessions and sign-outs", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const [second, third] = [await another(server, rin), await another(server, rin)];
		const list = await server.app.inject({ url: "/api/account/sessions", headers: { cookie: third } });
		const [session] = list.json<{ sessions: { id: string }[] }>().sessions;
		const steps = [
			() => rin.request("DELETE", `/api/account/sessions/${session?.id}`),
			() => rin.request("POST", "/api/auth/sign-out", {}, { cookie: second }),
			() => rin.request("DELETE", "/api/account/sessions"),
			() => rin.request("POST", "/api/account/email", { email: "new@example.com", password: PASSWORD }),
			() => rin.request("POST", "/api/account/email", { email: "new@example.com", password: PASSWORD }),
			() => rin.request("POST", "/api/account/password", { currentPassword: PASSWORD, newPassword: ANOTHER }),
		];
		for (const step of steps) {
			server.clock.advance(1);
			expect((await step()).statusCode).toBeLessThan(300);
		}
		// Saving the same address again changes nothing.
		expect(await kindsOf(rin)).toEqual([
			"password_changed",
			"email_changed",
			"other_sessions_ended",
			"signed_out",
			"session_ended",
			"signed_in",
			"signed_in",
			"signed_in",
		]);
	});

	it("counts wrong passwords of one address within an hour in one row, in forms as well", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		const rin = await server.signUp("Rin");
		const wrong = async (remoteAddress: string) => {
			server.clock.advance(1);
			expect((await signIn(server, rin.email, "a wrong password", remoteAddress)).statusCode).toBe(401);
		};
		const rows = async () => {
			const events = await eventsOf(rin);
			return events.filter(({ kind }) => kind === "wrong_password").map(({ address, count }) => [address, count]);
		};
		for (let time = 0; time < 3; time++) await wrong("198.51.100.1");
		await wrong("198.51.100.2");
		await expect.poll(rows).toEqual([
			["198.51.100.2", 1],
			["198.51.100.1", 3],
		]);
		server.clock.advance(3600);
		await wrong("198.51.100.2");
		await expect.poll(rows).toHaveLength(3);
		await rin.request("POST", "/api/account/email", { email: "new@example.com", password: "a wrong password" });
		expect((await rows())[0]).toEqual(["127.0.0.1", 1]);
	});

	it("keeps 50 rows of wrong passwords however many addresses guess, and what else happened", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		const rin = await server.signUp("Rin");
		for (let each = 0; each < 60; each++) await signIn(server, rin.email, "a wrong password", `198.51.100.${each}`);
		const last = () =>
			server.db.prepare<[], string>("SELECT address FROM account_event ORDER BY id DESC").pluck().get();
		await expect.poll(last).toBe("198.51.100.59");
		const events = await eventsOf(rin);
		expect(events.filter(({ kind }) => kind === "wrong_password")).toHaveLength(50);
		expect(events.at(-1)).toMatchObject({ kind: "signed_in" });
	});

	it("has nothing of an unknown address, and ends with the account", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		await signIn(server, "unknown@example.com");
		const rows = server.db.prepare("SELECT account_id FROM account_event").pluck();
		expect(rows.all()).toEqual([rin.accountId]);
		expect((await rin.request("POST", "/api/account/delete", { password: PASSWORD })).statusCode).toBe(204);
		expect(rows.all()).toEqual([]);
	});

	it("is kept for 90 days", async () => {
		const server = await build();
		await server.signUp("Rin");
		server.clock.advance(90 * 86_400 - 1);
		expect(await server.app.storage.write(sweepAccountEvents, undefined)).toBe(false);
		server.clock.advance(1);
		expect(await server.app.storage.write(sweepAccountEvents, undefined)).toBe(true);
		expect(server.db.prepare("SELECT count(*) FROM account_event").pluck().get()).toBe(0);
	});
});
