import { describe, expect, it } from "vitest";

import { sweepDailyUse } from "../../../server/quotas/quotas.store.ts";
import { type QuotaKind, QUOTAS } from "../../../server/quotas/quotas.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { invite, team } from "../people/helper.ts";

/** Uses up the quota of `kind`, but for `left`, as if it had been used today. */
function use(server: TestServer, kind: QuotaKind, user: string, left: number): void {
	const { perAddress, ...more } = QUOTAS[kind];
	const max = user.startsWith("127")
		? perAddress * (user.includes("/") ? 8 : 1)
		: (more as { perAccount?: number }).perAccount;
	const day = Math.floor(server.clock.now() / 86_400_000);
	server.db
		.prepare(
			`INSERT INTO daily_use (day, kind, "user", used) VALUES (?, ?, ?, ?)
			ON CONFLICT (day, kind, "user") DO UPDATE SET used = excluded.used`,
		)
		.run(day, kind, user, (max ?? 0) - left);
}

type Make = (person: Person, server: TestServer) => Promise<{ statusCode: number; headers: object; body: string }>;

const workspaceOf = ({ workspaceId }: Person) => `/api/workspaces/${workspaceId}`;
let names = 0;
const MAKING: [QuotaKind, string, Make][] = [
	["keys", "keys", (person) => person.request("POST", `${workspaceOf(person)}/keys`, { label: "New" })],
	[
		"keys",
		"approved pairings",
		async (person, server) => {
			const { user_code } = await server.startPairing();
			const body = { workspaceId: person.workspaceId, label: "New" };
			return person.request("POST", `/api/pairings/${user_code}/approve`, body);
		},
	],
	["workspaces", "workspaces", (person) => person.request("POST", "/api/workspaces", { name: "New" })],
	[
		"invitations",
		"invitations",
		(person) => person.request("POST", `${workspaceOf(person)}/invitations`, { role: "admin" }),
	],
	["backends", "backends", (person) => person.request("POST", `${workspaceOf(person)}/backends`, { name: "New" })],
	[
		"changes",
		"names of workspaces",
		(person) => person.request("PATCH", workspaceOf(person), { name: `New ${++names}` }),
	],
];

describe("the daily quotas", () => {
	it.each(MAKING)("hold for an account's new %s (%s), until midnight UTC", async (kind, _what, make) => {
		const server = await build();
		const rin = await server.signUp();
		use(server, kind, rin.accountId, 1);
		expect((await make(rin, server)).statusCode).toBeLessThan(300);
		const refused = await make(rin, server);
		expect([refused.statusCode, JSON.parse(refused.body)]).toMatchObject([
			429,
			{ code: "too_many_requests", detail: expect.stringContaining("with your account today") as string },
		]);
		const seconds = Number((refused.headers as Record<string, string>)["retry-after"]);
		server.clock.advance(seconds - 1);
		expect((await make(rin, server)).statusCode).toBe(429);
		server.clock.advance(1);
		expect((await make(rin, server)).statusCode).toBeLessThan(300);
	});

	it.each(["127.0.0.1", "127.0.0.0/24"])("hold for all accounts of %s together", async (network) => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		use(server, "keys", network, 1);
		// Past what an account is sure of.
		for (const each of [rin, jo]) use(server, "keys", each.accountId, 9_800);
		expect((await rin.createKey()).id).toMatch(/^key_/);
		const refused = await jo.request("POST", `${workspaceOf(jo)}/keys`, { label: "New" });
		expect(refused.json<{ detail: string }>().detail).toContain("Too many new keys from your network today");
	});

	it("leave each account a fiftieth of its own quota that others in its network cannot use up", async () => {
		const server = await build();
		const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
		for (const network of ["127.0.0.1", "127.0.0.0/24"]) use(server, "keys", network, 0);
		use(server, "keys", rin.accountId, 9_801);
		const create = async (by: Person) =>
			(await by.request("POST", `${workspaceOf(by)}/keys`, { label: "New" })).statusCode;
		expect([await create(rin), await create(rin), await create(jo)]).toEqual([201, 429, 201]);
	});

	it("hold for new accounts and pairings, which nobody is signed in for", async () => {
		const server = await build();
		use(server, "accounts", "127.0.0.1", 1);
		use(server, "pairings", "127.0.0.1", 1);
		await server.signUp();
		await expect(server.signUp()).rejects.toThrow("new accounts from your network");
		await server.startPairing();
		await expect(server.startPairing()).rejects.toThrow("new pairings from your network");
		expect(server.db.prepare('SELECT count(*) FROM "user"').pluck().get()).toBe(1);
	});

	it("never refuse revoking, denying, ending or leaving", async () => {
		const { server, rin, jo, joUrl } = await team("admin");
		const { id } = await rin.createKey();
		const { invitation } = await invite(rin);
		const url = workspaceOf(rin);
		const backend = (await rin.request("POST", `${url}/backends`, { name: "Game" })).json<{
			backend: { id: string };
		}>();
		const { device_code, user_code } = await server.startPairing();
		await rin.request("POST", `/api/pairings/${user_code}/approve`, { workspaceId: rin.workspaceId, label: "New" });
		const other = await server.startPairing();
		await rin.request("POST", `/api/pairings/${other.user_code}/approve`, {
			workspaceId: rin.workspaceId,
			label: "New",
		});
		for (const kind of Object.keys(QUOTAS) as QuotaKind[]) {
			for (const user of [rin.accountId, jo.accountId, "127.0.0.1"]) use(server, kind, user, 0);
		}
		expect((await rin.request("PATCH", joUrl, { role: "member" })).statusCode).toBe(200);
		expect((await rin.request("PATCH", joUrl, { role: "owner" })).statusCode).toBe(429);
		expect((await rin.request("DELETE", `${url}/keys/${id}`)).statusCode).toBe(204);
		expect((await rin.request("DELETE", `${url}/invitations/${invitation.id}`)).statusCode).toBe(204);
		expect((await rin.request("DELETE", `${url}/backends/${backend.backend.id}`)).statusCode).toBe(204);
		// What was approved before is delivered and sealed.
		const issued = (await server.poll(device_code)).json<{ access_token: string }>();
		expect((await server.whoami(issued.access_token)).statusCode).toBe(200);
		expect((await rin.request("POST", `/api/pairings/${other.user_code}/deny`, {})).statusCode).toBe(200);
		expect((await jo.request("DELETE", joUrl)).statusCode).toBe(204);
	});

	it("survive a restart, and are forgotten after their day", async () => {
		const server = await build();
		const rin = await server.signUp();
		use(server, "keys", rin.accountId, 0);
		await server.close();
		const again = await build({ dataDir: server.dataDir, clock: server.clock });
		const create = () =>
			again.app.inject({
				method: "POST",
				url: `${workspaceOf(rin)}/keys`,
				headers: { cookie: rin.cookie, origin: "http://localhost:8787" },
				payload: { label: "New" },
			});
		expect((await create()).statusCode).toBe(429);
		expect(await again.app.storage.write(sweepDailyUse, undefined)).toBe(false);
		again.clock.advance(86_400);
		expect(await again.app.storage.write(sweepDailyUse, undefined)).toBe(true);
		expect(again.db.prepare("SELECT count(*) FROM daily_use").pluck().get()).toBe(0);
	});

	it("count nothing that was refused for another reason, and are scaled like all limits", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.0002" } });
		const rin = await server.signUp();
		server.clock.advance(3_600);
		const create = async (label: string) => {
			server.clock.advance(60);
			return (await rin.request("POST", `${workspaceOf(rin)}/keys`, { label })).statusCode;
		};
		expect([await create(""), await create("One"), await create("Two"), await create("Three")]).toEqual([
			400, 201, 201, 429,
		]);
		await server.close();
		const unlimited = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		await (await unlimited.signUp()).createKey();
		expect(unlimited.db.prepare("SELECT count(*) FROM daily_use").pluck().get()).toBe(0);
	});
});
