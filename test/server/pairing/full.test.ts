import { describe, expect, it } from "vitest";

import { type DeviceAuthorization, OAUTH_CLIENT_ID } from "../../../shared/wire.ts";
import { build, type TestServer } from "../helper.ts";

/** Starts a pairing as a client at `address` would. */
async function startFrom(server: TestServer, address: string): Promise<DeviceAuthorization> {
	const answer = await server.app.inject({
		method: "POST",
		url: "/oauth/device_authorization",
		headers: { "content-type": "application/x-www-form-urlencoded" },
		payload: `client_id=${OAUTH_CLIENT_ID}`,
		remoteAddress: address,
	});
	if (answer.statusCode !== 200) throw new Error(`The pairing did not start: ${answer.body}`);
	return answer.json<DeviceAuthorization>();
}

/** Copies the pairing of `userCode` so that there are `count` more, each `column` as `expression` computes it from n. */
function copy(server: TestServer, userCode: string, count: number, expressions: Record<string, string> = {}): void {
	const value = (column: string) => expressions[column] ?? column;
	server.db
		.prepare(
			`WITH RECURSIVE number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < ${count})
			INSERT INTO pairing (id, device_code_hash, user_code, status, intent, created_at, expires_at,
				started_from, wide_network, widest_network, from_known)
			SELECT id || n, randomblob(32), user_code || n, status, intent, ${value("created_at")}, expires_at,
				${value("started_from")}, ${value("wide_network")}, ${value("widest_network")}, from_known
			FROM pairing, number WHERE user_code = ?`,
		)
		.run(userCode.replace("-", ""));
}

const answerOf = async (server: TestServer, { device_code }: DeviceAuthorization) =>
	(await server.poll(device_code)).json<{ error: string }>().error;

const OLD = { created_at: "created_at - 1000" };
/** 340 networks, each with about the same number. */
const MANY = {
	...OLD,
	started_from: "'198.' || (n % 340) || '.0.1'",
	wide_network: "'198.' || (n % 340) || '.0.0/24'",
	widest_network: "'198.' || (n % 340) || '.0.0/24'",
};

describe("when 20,000 pairings are open", () => {
	it("a new one takes the place of the oldest of the network that has the most", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		const studio = await startFrom(server, "192.0.2.1");
		const flood = await startFrom(server, "203.0.113.7");
		copy(server, flood.user_code, 19_000, MANY);
		copy(server, (await startFrom(server, "203.0.113.7")).user_code, 997, OLD);
		const ended = server.db.prepare<[], { started_from: string; count: number }>(
			"SELECT started_from, count(*) AS count FROM pairing WHERE status = 'expired' GROUP BY started_from",
		);
		expect(ended.all()).toEqual([]);
		const another = await startFrom(server, "198.51.100.1");
		expect(ended.all()).toEqual([{ started_from: "203.0.113.7", count: 100 }]);
		// The flood goes on, and only pushes out itself.
		for (let time = 0; time < 150; time++) await startFrom(server, `198.${time}.0.1`);
		for (const each of [studio, another]) expect(await answerOf(server, each)).toBe("authorization_pending");
		const open = server.db.prepare("SELECT count(*) FROM pairing WHERE status = 'pending'").pluck().get();
		expect(open).toBeLessThanOrEqual(20_000);
	});

	it("a client that proves to hold a key counts as known, wherever it starts", async () => {
		const server = await build();
		const { secret } = await (await server.signUp()).createKey();
		const headers = { "content-type": "application/x-www-form-urlencoded" };
		for (const extra of [{ authorization: `Bearer ${secret}` }, {}]) {
			server.clock.advance(1);
			const request = { method: "POST", url: "/oauth/device_authorization", remoteAddress: "198.51.100.1" } as const;
			await server.app.inject({
				...request,
				headers: { ...headers, ...extra },
				payload: `client_id=${OAUTH_CLIENT_ID}`,
			});
		}
		expect(server.db.prepare("SELECT from_known FROM pairing ORDER BY created_at").pluck().all()).toEqual([1, 0]);
	});

	it("those that people have opened do not keep out new ones", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		const [rin, { user_code }] = [await server.signUp(), await startFrom(server, "203.0.113.7")];
		copy(server, user_code, 20_100, MANY);
		server.db.prepare("UPDATE pairing SET claimed_by = ?").run(rin.accountId);
		const studio = await startFrom(server, "198.51.100.1");
		expect(await answerOf(server, studio)).toBe("authorization_pending");
	});

	it("many addresses of one wide network are seen as one", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		const oldest = await startFrom(server, "192.0.2.1");
		server.clock.advance(1);
		const flood = await startFrom(server, "2001:db8::1");
		copy(server, flood.user_code, 19_998, {
			started_from: "'2001:db8:0:' || (n % 9999) || '::'",
			wide_network: "'2001:db8:0:' || (n % 9999 / 100) || '00::/56'",
		});
		await startFrom(server, "198.51.100.1");
		expect(await answerOf(server, oldest)).toBe("authorization_pending");
		expect(server.db.prepare("SELECT count(*) FROM pairing WHERE status = 'expired'").pluck().get()).toBe(100);
	});

	it("where all networks have only a few, the oldest end, but not those of known networks, nor opened ones", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		const rin = await server.signUp();
		const known = await startFrom(server, "127.0.0.1");
		const opened = await startFrom(server, "192.0.2.1");
		await rin.request("GET", `/api/pairings/${opened.user_code}`);
		const proven = await rin.createKey();
		const reconnecting = await server.form(
			"/oauth/device_authorization",
			{ client_id: OAUTH_CLIENT_ID, intent: "reconnect" },
			{ authorization: `Bearer ${proven.secret}` },
		);
		const oldest = await startFrom(server, "192.0.2.2");
		server.clock.advance(1);
		const flood = await startFrom(server, "203.0.113.7");
		const network = (after: string) => `(n / 250) || '.' || (n % 250) || '.0${after}'`;
		copy(server, flood.user_code, 19_995, {
			started_from: network(".1"),
			wide_network: network(".0/24"),
			widest_network: network(".0/24"),
		});
		expect(await answerOf(server, oldest)).toBe("authorization_pending");
		await startFrom(server, "198.51.100.1");
		expect(await answerOf(server, oldest)).toBe("expired_token");
		for (const each of [known, opened, reconnecting.json<DeviceAuthorization>()]) {
			expect(await answerOf(server, each)).toBe("authorization_pending");
		}
	});

	it("known networks share their part among themselves", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" } });
		await server.signUp();
		const unknown = await startFrom(server, "192.0.2.1");
		const known = await startFrom(server, "127.0.0.1");
		copy(server, known.user_code, 19_998);
		await startFrom(server, "198.51.100.1");
		expect(await answerOf(server, known)).toBe("expired_token");
		expect(await answerOf(server, unknown)).toBe("authorization_pending");
	});
});

it("an account holds at most twenty opened codes: opening another one releases the oldest", async () => {
	const server = await build();
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	const codes = [];
	for (let index = 0; index < 21; index++) {
		server.clock.advance(1);
		codes.push((await server.startPairing()).user_code);
	}
	const open = async (by: typeof rin, code = "") => (await by.request("GET", `/api/pairings/${code}`)).statusCode;
	for (const code of codes.slice(0, 20)) expect(await open(rin, code)).toBe(200);
	expect(await open(jo, codes[0])).toBe(403);
	expect(await open(rin, codes[20])).toBe(200);
	expect(await open(jo, codes[1])).toBe(403);
	expect(await open(jo, codes[0])).toBe(200);
});

it("wrong codes are counted by wide networks too", async () => {
	const server = await build({ env: { RATE_LIMIT_SCALE: "0.01" } });
	const rin = await server.signUp();
	const insert = server.db.prepare(
		`INSERT INTO wrong_user_code (account_id, address, wide_network, widest_network, at)
		VALUES ('someone', '203.0.113.' || ?, '203.0.113.0/24', '203.0.113.0/24', ?)`,
	);
	const tryFrom = (address: string) =>
		server.app.inject({ url: "/api/pairings/BBBB-BBBB", headers: { cookie: rin.cookie }, remoteAddress: address });
	for (let index = 0; index < 8; index++) insert.run(index, server.clock.now());
	expect((await tryFrom("203.0.113.99")).statusCode).toBe(429);
	expect((await tryFrom("203.0.114.99")).statusCode).toBe(404);
	expect(
		server.db.prepare("SELECT wide_network, widest_network FROM wrong_user_code ORDER BY id DESC LIMIT 1").get(),
	).toEqual({ wide_network: "203.0.114.0/24", widest_network: "203.0.114.0/24" });
});
