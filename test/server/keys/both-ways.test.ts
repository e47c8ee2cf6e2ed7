import { expect, test, vi } from "vitest";

import { generateKey } from "../../../server/keys/manage/generate-key.ts";
import { GAME_SERVER, PLAYTEST, PLUGIN } from "../../game.ts";
import { pick as pickFrom, randomFrom } from "../../guards/random.ts";
import { build } from "../helper.ts";
import { bothWays } from "../through-lane.ts";

const ROUNDS = Number(process.env["AUXVYN_ROUNDS"] ?? 300);
const SEED = Number(process.env["AUXVYN_SEED"] ?? 17);

type Headers = Record<string, string | string[]>;

/** The ways to send a key, and others that come along. */
const PRESENTATIONS: ((key: string, other: string) => Headers)[] = [
	(key) => ({ authorization: `Bearer ${key}` }),
	(key) => ({ authorization: `bearer   ${key}` }),
	(key) => ({ "x-api-key": key }),
	(key) => ({ "X-API-Key": key, authorization: `Bearer ${key}` }),
	(key, other) => ({ "x-api-key": key, authorization: `Bearer ${other}` }),
	(key) => ({ "x-api-key": key, authorization: "Bearer of-another-service" }),
	(key) => ({ "x-api-key": key, authorization: "Basic YTpi" }),
	(key) => ({ "x-api-key": "", authorization: `Bearer ${key}` }),
	(key, other) => ({ "x-api-key": [key, other] }),
	(key) => ({ authorization: `Basic ${key}` }),
	(key) => ({ authorization: key }),
	() => ({ authorization: "Bearer " }),
	() => ({ "x-api-key": "" }),
	() => ({}),
];
const EXTRAS: Headers[] = [
	{},
	GAME_SERVER,
	{ ...GAME_SERVER, "x-auxvyn-heartbeat": "60" },
	{ ...GAME_SERVER, "X-AUXVYN-PLACE": "none" },
	{ ...GAME_SERVER, "x-auxvyn-server": [GAME_SERVER["x-auxvyn-server"], "00000000-0000-4000-8000-000000000000"] },
	{ ...GAME_SERVER, "x-auxvyn-closing": "1" },
	PLAYTEST,
	PLUGIN,
	{ "content-length": "0" },
	{ accept: "text/html", cookie: "a=b", "x-forwarded-for": "192.0.2.7" },
];
const METHODS = ["GET", "GET", "GET", "HEAD", "POST", "OPTIONS"] as const;

test(`the lane and the router answer alike, and count alike (seed ${SEED})`, async () => {
	const random = randomFrom(SEED);
	const pick = <Item>(items: readonly Item[]): Item => pickFrom(random, items);
	const server = await build({ env: { TRUSTED_PROXIES: "127.0.0.1", RATE_LIMIT_SCALE: "0.2" } });
	const { lane, router } = bothWays(server.app);
	const [rin, ada] = [await server.signUp("Rin"), await server.signUp("Ada")];
	const [good, foreign, revoked] = [await rin.createKey(), await ada.createKey(), await rin.createKey("Änne 🔑")];
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${revoked.id}`);
	for (const { secret } of [good, foreign]) await server.whoami(secret, GAME_SERVER);
	const secrets = [good.secret, good.secret, foreign.secret, revoked.secret, generateKey(), `${good.secret}0`, "short"];
	const targets = [
		"/v1/whoami",
		"/v1/whoami",
		"/v1/whoami?a=b",
		"/v1/whoami/",
		`/v1/forward-auth?workspace=${rin.workspaceId}`,
		`/v1/forward-auth?workspace=${rin.workspaceId}&workspace=${ada.workspaceId}`,
		`/v1/forward-auth?workspace=%61ny`,
		"/v1/forward-auth?workspace=any",
		"/v1/forward-auth?workspace=",
		"/v1/forward-auth",
		"/V1/whoami",
	];
	const outcomes = async () => {
		const { body } = await router({ url: "/metrics" });
		return body.split("\n").filter((line) => line.startsWith("auxvyn_authentications_total"));
	};
	const difference = (before: string[], after: string[]) => after.filter((line, index) => line !== before[index]);

	for (let round = 0; round < ROUNDS; round++) {
		const sent = {
			method: pick(METHODS),
			url: pick(targets),
			headers: { ...pick(PRESENTATIONS)(pick(secrets), pick(secrets)), ...pick(EXTRAS) },
		};
		const answers: unknown[] = [];
		const counted: unknown[] = [];
		for (const send of random() < 0.5 ? [lane, router] : [router, lane]) {
			const before = await outcomes();
			const { statusCode, headers, body } = await send(sent);
			const { date: _, ...rest } = headers;
			// The second one is asked after the first, which is a use.
			answers.push({ statusCode, headers: rest, body: body.replace(/"lastServerAt":"[^"]+"/, '"lastServerAt":"…"') });
			counted.push(difference(before, await outcomes()).map((line) => line.replace(/ \d+$/, "")));
		}
		expect(answers[0], JSON.stringify(sent)).toEqual(answers[1]);
		expect(counted[0], JSON.stringify(sent)).toEqual(counted[1]);
		if (round % 50 === 0) server.clock.advance(7);
	}
});

test("what games and proxies send all day does not reach the router", async () => {
	const server = await build();
	const rin = await server.signUp();
	const { secret } = await rin.createKey();
	const [ada, gone] = [await server.signUp("Ada"), await rin.createKey()];
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${gone.id}`);
	const forwardAuth = `/v1/forward-auth?workspace=${rin.workspaceId}`;
	const routing = vi.spyOn(server.app, "routing");
	const send = async (url: string, headers: Headers, method: "GET" | "POST" = "GET") => {
		await bothWays(server.app).lane({ url, headers, method });
		const calls = routing.mock.calls.length;
		routing.mockClear();
		return calls;
	};
	const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

	expect(await send("/v1/whoami", { ...bearer(secret), ...GAME_SERVER })).toBe(0);
	expect(await send("/v1/whoami", { "x-api-key": secret })).toBe(0);
	expect(await send(forwardAuth, { ...bearer(secret), "x-forwarded-for": "192.0.2.7" }, "POST")).toBe(0);
	// The first refusal is logged, which is the router's.
	for (const refused of [{}, bearer("short"), bearer(generateKey()), bearer(gone.secret)]) {
		expect(await send("/v1/whoami", refused)).toBe(1);
		expect(await send("/v1/whoami", refused)).toBe(0);
		expect(await send(forwardAuth, refused)).toBe(0);
	}
	const elsewhere = `/v1/forward-auth?workspace=${ada.workspaceId}`;
	expect(await send(elsewhere, bearer(secret))).toBe(1);
	expect(await send(elsewhere, bearer(secret))).toBe(0);
	expect(await send("/v1/whoami", { ...bearer(secret), ...PLUGIN })).toBe(1);
	expect(await send("/v1/whoami", { ...bearer(secret), ...PLAYTEST })).toBe(1);
});
