import { describe, expect, it } from "vitest";

import { connectionMail } from "../../../server/mail/connection-mail.ts";
import type { ActivityList, Pairing } from "../../../shared/wire.ts";
import { build, type BuildOptions, type Person, type TestServer } from "../helper.ts";
import { type MailServer, startMailServer } from "../mail-server.ts";

const HERE = "198.51.100.1";
const from = (address: string, agent?: string) => ({
	"x-forwarded-for": address,
	...(agent !== undefined && { "user-agent": agent }),
});

/** Behind a trusted proxy, so that requests can come from anywhere. */
async function behindProxy({ env, ...options }: BuildOptions = {}) {
	const server = await build({ ...options, env: { TRUSTED_PROXIES: "127.0.0.1", ...env } });
	return { server, rin: await server.signUp() };
}

async function seenBy(person: Person, userCode: string, address: string): Promise<Pairing["requestedFrom"]> {
	const response = await person.request("GET", `/api/pairings/${userCode}`, undefined, from(address));
	return response.json<Pairing>().requestedFrom;
}

describe("who requests a pairing", () => {
	it.each([
		["198.51.100.1", "198.51.100.1", "198.51.100.0/24", true],
		["198.51.100.7", "198.51.100.200", "198.51.100.0/24", true],
		["198.51.101.1", "198.51.100.1", "198.51.101.0/24", false],
		["2001:db8:1:2:3::4", "2001:db8:1:99::1", "2001:db8:1::/48", true],
		["2001:db8:1::1", "2001:db8:2::1", "2001:db8:1::/48", false],
		["2001:db8::1", "198.51.100.1", "2001:db8::/48", null],
		["198.51.100.1", "2001:db8::1", "198.51.100.0/24", null],
		["127.0.0.1", "::1", "127.0.0.0/8", true],
		["::1", "127.9.9.9", "127.0.0.0/8", true],
		["203.0.113.9", "127.0.0.1", "203.0.113.0/24", false],
	])("from %s, for someone at %s: %s, the same network: %s", async (client, viewer, network, sameAsYours) => {
		const { server, rin } = await behindProxy();
		const { user_code } = await server.startPairing({}, from(client, "RobloxStudio"));
		const requestedFrom = { network, sameAsYours, userAgent: "RobloxStudio" };
		expect(await seenBy(rin, user_code, viewer)).toEqual(requestedFrom);
		const approval = { workspaceId: rin.workspaceId, label: "Lobby" };
		const path = `/api/pairings/${user_code}/approve`;
		expect((await rin.request("POST", path, approval, from(viewer))).json()).toMatchObject({ requestedFrom });
	});

	it("is judged by the start and the polls, whichever of them speaks more against it", async () => {
		const { server, rin } = await behindProxy();
		const elsewhere = { network: "203.0.113.0/24", sameAsYours: false, userAgent: "Elsewhere" };
		const cases = [
			{ start: from(HERE, "Here"), polls: [from("203.0.113.5", "Elsewhere"), from(HERE, "Here")], expected: elsewhere },
			{
				start: from(HERE, "Here"),
				polls: [from(HERE, "Here 2"), from("203.0.113.5", "Elsewhere")],
				expected: elsewhere,
			},
			{ start: from("203.0.113.5", "Elsewhere"), polls: [from(HERE, "Here")], expected: elsewhere },
			{
				start: from(HERE, "Here"),
				polls: [from("2001:db8::1", "Other family")],
				expected: { network: "2001:db8::/48", sameAsYours: null, userAgent: "Other family" },
			},
			{
				start: from("203.0.113.5", "Elsewhere"),
				polls: [from("2001:db8::1", "Other family")],
				expected: elsewhere,
			},
			{
				start: from(HERE, "Here"),
				polls: [from("198.51.100.9", "Here")],
				expected: { network: "198.51.100.0/24", sameAsYours: true, userAgent: "Here" },
			},
		];
		for (const { start, polls, expected } of cases) {
			const { user_code, device_code } = await server.startPairing({}, start);
			for (const poll of polls) await server.poll(device_code, poll);
			expect(await seenBy(rin, user_code, HERE), JSON.stringify(polls)).toEqual(expected);
		}
	});

	it("is written once per pairing at most, and not at all if nothing changes", async () => {
		const { server } = await behindProxy();
		const { device_code } = await server.startPairing({}, from(HERE, "Studio"));
		const before = server.commits();
		for (let poll = 0; poll < 3; poll++) await server.poll(device_code, from("198.51.100.9", "Studio"));
		expect(server.commits()).toBe(before);
		await server.poll(device_code, from("203.0.113.5", "Other"));
		const after = server.commits();
		expect(after).not.toBe(before);
		for (const address of ["203.0.113.5", HERE, "192.0.2.1"]) await server.poll(device_code, from(address, "Third"));
		expect(server.commits()).toBe(after);
	});

	it("cannot be told if a proxy that is not trusted forwards the start, a poll or the viewer", async () => {
		const server = await build();
		const rin = await server.signUp();
		const unknown = (userAgent: string) => ({ network: null, sameAsYours: null, userAgent });
		const started = await server.startPairing({}, from("203.0.113.5", "Forwarded"));
		const direct = (code: string) => rin.request("GET", `/api/pairings/${code}`);
		expect((await direct(started.user_code)).json()).toMatchObject({ requestedFrom: unknown("Forwarded") });
		const polled = await server.startPairing({}, { "user-agent": "Direct" });
		expect((await direct(polled.user_code)).json()).toMatchObject({ requestedFrom: { sameAsYours: true } });
		expect(await seenBy(rin, polled.user_code, "203.0.113.5")).toEqual(unknown("Direct"));
		await server.poll(polled.device_code, from("203.0.113.5", "Direct"));
		expect((await direct(polled.user_code)).json()).toMatchObject({ requestedFrom: unknown("Direct") });
	});

	it("is shown with a short user agent in printable characters", async () => {
		const { server, rin } = await behindProxy();
		const agentOf = async (agent: string) => {
			const { user_code } = await server.startPairing({}, from(HERE, agent));
			return (await seenBy(rin, user_code, HERE)).userAgent;
		};
		expect(await agentOf(`${"x".repeat(199)}yz`)).toBe(`${"x".repeat(199)}y`);
		expect(await agentOf("Stu\u00addio \u0085\u00a0é")).toBe("Studio");
		expect(await agentOf("\u00ad")).toBeNull();
	});

	it("is in the activity with the address, and so is who fetched the key", async () => {
		const { server, rin } = await behindProxy();
		const { user_code, device_code } = await server.startPairing({}, from("203.0.113.5"));
		const approval = { workspaceId: rin.workspaceId, label: "Lobby" };
		await rin.request("POST", `/api/pairings/${user_code}/approve`, approval, from(HERE));
		await server.poll(device_code, from("192.0.2.1"));
		const activity = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/activity`);
		expect(activity.json<ActivityList>().entries.slice(0, 2)).toMatchObject([
			{ kind: "key.issued", address: "192.0.2.1" },
			{ kind: "pairing.approved", address: HERE, detail: { requestedFrom: "203.0.113.5" } },
		]);
	});
});

describe("with mail, the owners and admins", () => {
	async function withMail(): Promise<{ mail: MailServer; server: TestServer; rin: Person }> {
		const mail = await startMailServer();
		return { mail, ...(await behindProxy({ env: mail.env })) };
	}

	/** Approves a pairing from `client`, polls it, and closes the server, which waits for its mails. */
	async function connect({ server, rin }: { server: TestServer; rin: Person }, client: string, viewer = HERE) {
		const started = await server.startPairing({ place_name: "Caverns", place_id: "606849621" }, from(client));
		const approval = { workspaceId: rin.workspaceId, label: "Lobby" };
		const path = `/api/pairings/${started.user_code}/approve`;
		for (let repeat = 0; repeat < 2; repeat++)
			expect((await rin.request("POST", path, approval, from(viewer))).statusCode).toBe(200);
		const token = (await server.poll(started.device_code, from(client))).json<{
			access_token: string;
			key: { id: string };
		}>();
		await server.close();
		return { ...started, token };
	}

	it("are told once who connected what from another network, with a link to the key and no secret", async () => {
		const { mail, server, rin } = await withMail();
		const [jo, bo] = [await server.signUp("Jo"), await server.signUp("Bo")];
		const join = server.db.prepare("INSERT INTO member VALUES (?, ?, ?, 0)");
		join.run(rin.workspaceId, jo.accountId, "admin");
		join.run(rin.workspaceId, bo.accountId, "member");
		const { user_code, device_code, token } = await connect({ server, rin }, "203.0.113.5");
		expect(mail.mails.map(({ to }) => to).toSorted()).toEqual([[jo.email], [rin.email]].toSorted());
		const [first] = mail.mails;
		expect(first?.headers).toMatch(/^Subject: A place was connected to your Auxvyn workspace$/m);
		for (const words of [
			...["Approved by:     Rin\n", "another network", "Workspace:       Rin's workspace", "Lobby", "203.0.113.0/24"],
			...["Caverns, place id 606849621", `/workspaces/${rin.workspaceId}/keys/${token.key.id}`],
		])
			expect(first?.text).toContain(words);
		for (const secret of [user_code, user_code.replace("-", ""), device_code, token.access_token, "203.0.113.5"])
			expect(first?.text).not.toContain(secret);
		await mail.close();
	});

	it("hear nothing at addresses that are not verified", async () => {
		const { mail, server, rin } = await withMail();
		const jo = await server.signUp("Jo");
		server.db.prepare("INSERT INTO member VALUES (?, ?, 'admin', 0)").run(rin.workspaceId, jo.accountId);
		server.db.prepare(`UPDATE "user" SET "emailVerified" = 0 WHERE id = ?`).run(jo.accountId);
		await connect({ server, rin }, "203.0.113.5");
		expect(mail.mails.map(({ to }) => to)).toEqual([[rin.email]]);
		await mail.close();
	});

	it("get names on lines of their own, cut, and with nothing in them that becomes a link", () => {
		const mail = connectionMail({
			...{ to: "rin@example.com", publicUrl: "https://keys.example.com", workspaceId: "ws_1", keyId: "key_1" },
			...{ workspaceName: "http://evil.example/free", approver: "Go to www.evil.example", label: "x".repeat(100) },
			...{ placeName: "St. Ives v1.2 me@evil.example \uff45vil\u3002example", placeId: "7" },
			...{ network: "203.0.113.0/24", isElsewhere: true },
		});
		for (const line of [
			"Workspace:       http[:]//evil[.]example/free",
			"Approved by:     Go to www[.]evil[.]example",
			`Key:             ${"x".repeat(50)}…`,
			"Place:           St. Ives v1[.]2 me[@]evil[.]example \uff45vil[\u3002]example, place id 7 (reported by Studio, not verified)",
		])
			expect(mail.text.split("\n")).toContain(line);
		expect(mail.isAlert).toBe(true);
		expect(`${mail.subject}${mail.text.replaceAll(/\[[.:@]\]/g, "")}`).not.toMatch(/evil\.|https?:(?!\/\/keys)/);
	});

	it.each(["account", "workspace"])("get only so many a day about one %s, owners first", async (whose) => {
		const { mail, server, rin } = await withMail();
		const jo = await server.signUp("Jo");
		server.db.prepare("INSERT INTO member VALUES (?, ?, 'admin', 0)").run(rin.workspaceId, jo.accountId);
		const [user, used] = whose === "account" ? [rin.accountId, 299] : [rin.workspaceId, 599];
		const day = Math.floor(server.clock.now() / 86_400_000);
		server.db.prepare("INSERT INTO daily_use VALUES (?, 'alerts', ?, ?)").run(day, user, used);
		await connect({ server, rin }, "203.0.113.5");
		expect(mail.mails.map(({ to }) => to)).toEqual([[rin.email]]);
		const again = await build({ dataDir: server.dataDir, clock: server.clock, env: mail.env });
		const { user_code } = await again.startPairing({}, from("203.0.113.5"));
		const approve = { method: "POST", url: `/api/pairings/${user_code}/approve` } as const;
		const headers = { cookie: rin.cookie, origin: "http://localhost:8787", ...from(HERE) };
		const payload = { workspaceId: rin.workspaceId, label: "Lobby" };
		expect((await again.app.inject({ ...approve, headers, payload })).statusCode).toBe(200);
		await again.close();
		expect(mail.mails).toHaveLength(1);
		await mail.close();
	});

	it("are told that the networks cannot be compared", async () => {
		const { mail, server, rin } = await withMail();
		await connect({ server, rin }, "2001:db8::1");
		expect(mail.mails[0]?.text).toContain("cannot tell whether it was requested from the same network");
		expect(mail.mails[0]?.text).toContain("2001:db8::/48");
		await mail.close();
	});

	it("are not told about a connection from the approver's own network", async () => {
		const { mail, server, rin } = await withMail();
		await connect({ server, rin }, "198.51.100.77");
		expect(mail.mails).toEqual([]);
		await mail.close();
	});

	it("hear nothing if the mail server refuses, and the approval holds", async () => {
		const { mail, server, rin } = await withMail();
		mail.refuse();
		expect((await connect({ server, rin }, "203.0.113.5")).token.access_token).toMatch(/^auxvyn_/);
		expect(server.logs.join("")).toContain("mail not sent");
		expect(server.logs.join("")).not.toContain(rin.email);
		await mail.close();
	});
});
