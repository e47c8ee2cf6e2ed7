import { beforeAll, describe, expect, it } from "vitest";

import { pick, randomFrom } from "../../guards/random.ts";
import { SEED } from "../../history/settings.ts";
import { signUpAt } from "../person.ts";
import { openConnection, type RawConnection } from "../raw-connection.ts";
import { oneProcess } from "../two-processes.ts";

const PIPELINED = 400;
const WHOAMI = "GET /v1/whoami HTTP/1.1";
const FORWARD_AUTH = "GET /v1/forward-auth?workspace=any HTTP/1.1";

const only = oneProcess();
let one: Key;
let other: Key;
let revoked: Key;

interface Key {
	id: string;
	secret: string;
}

beforeAll(async () => {
	const rin = await signUpAt(only.server.url);
	const create = async (label: string): Promise<Key> => {
		const { key, secret } = await rin.createKey(label);
		return { id: key.id, secret };
	};
	[one, other, revoked] = [await create("One"), await create("Other"), await create("Revoked")];
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${revoked.id}`);
});

function raw(line: string, ...headers: string[]): string {
	return [line, "Host: localhost", ...headers, "", ""].join("\r\n");
}

async function statusOf(text: string): Promise<number> {
	const connection = await openConnection(only.server.port);
	connection.send(text);
	const { status } = await connection.response();
	connection.socket.destroy();
	return status;
}

/** Of all that comes back until the server closes the connection. */
async function statusesOf(text: string): Promise<number[]> {
	const connection = await openConnection(only.server.port);
	connection.send(text);
	await connection.closed();
	const statuses: number[] = [];
	for (;;) {
		const next = await connection.response().catch(() => undefined);
		if (next === undefined) return statuses;
		statuses.push(next.status);
	}
}

describe("two different keys in one request", () => {
	const WAYS: [string, (first: string, second: string) => string[]][] = [
		["two x-api-key headers", (first, second) => [`x-api-key: ${first}`, `X-API-Key: ${second}`]],
		[
			"two Authorization headers",
			(first, second) => [`Authorization: Bearer ${first}`, `authorization: bearer ${second}`],
		],
		["one of each", (first, second) => [`Authorization: Bearer ${first}`, `x-api-key: ${second}`]],
		[
			"one of each, the other way round",
			(first, second) => [`x-api-key: ${first}`, `Authorization: BEARER   ${second}`],
		],
		[
			"a third one between",
			(first, second) => [`x-api-key: ${first}`, `x-api-key: ${second}`, `Authorization: Bearer ${first}`],
		],
	];

	it.each(WAYS)("are refused: %s", async (_, headersOf) => {
		for (const [first, second] of [
			[one, other],
			[other, one],
			[one, revoked],
			[revoked, one],
		] as const) {
			const headers = headersOf(first.secret, second.secret);
			expect(await statusOf(raw(WHOAMI, ...headers))).toBe(400);
			expect(await statusOf(raw(FORWARD_AUTH, ...headers))).toBe(401);
		}
	});

	it("are no key if they are in one header", async () => {
		for (const line of [WHOAMI, FORWARD_AUTH])
			expect(await statusOf(raw(line, `x-api-key: ${one.secret}, ${other.secret}`))).toBe(401);
	});
});

describe("a request that two readers may read in two ways", () => {
	const key = () => `x-api-key: ${one.secret}`;
	const AMBIGUOUS: [string, () => string][] = [
		["two lengths", () => raw(FORWARD_AUTH, key(), "Content-Length: 0", "Content-Length: 5")],
		["the same length twice", () => raw(FORWARD_AUTH, key(), "Content-Length: 5", "Content-Length: 5")],
		["a length and chunks", () => raw(FORWARD_AUTH, key(), "Content-Length: 5", "Transfer-Encoding: chunked")],
		["an unknown coding", () => raw(FORWARD_AUTH, key(), "Transfer-Encoding: chunked, identity")],
		["a signed length", () => raw(FORWARD_AUTH, key(), "Content-Length: +5")],
		["a header folded over two lines", () => raw(FORWARD_AUTH, `x-api-key:\r\n ${one.secret}`)],
		["a space before the colon", () => raw(FORWARD_AUTH, `x-api-key : ${one.secret}`)],
		["a header without a name", () => raw(FORWARD_AUTH, key(), ": 5")],
		["a zero byte", () => raw(FORWARD_AUTH, key(), "a: \0")],
		["a bare line feed", () => raw(FORWARD_AUTH, `a: b\nx-api-key: ${one.secret}`)],
		["a bare carriage return", () => raw(FORWARD_AUTH, `a: b\rx-api-key: ${one.secret}`)],
	];

	it.each(AMBIGUOUS)("is refused, and nothing after it is answered: %s", async (_, textOf) => {
		const next = raw(WHOAMI, `x-api-key: ${one.secret}`);
		const statuses = await statusesOf(`${textOf()}${next}`);
		expect(statuses).toHaveLength(1);
		expect([400, 401]).toContain(statuses[0]);
	});
});

it.each([
	["//v1/whoami", 404],
	["/v1/whoami/", 404],
	["/v1//whoami", 404],
	["/v1/./whoami", 404],
	["/v1/x/../whoami", 404],
	["/V1/WHOAMI", 404],
	["/v1/whoami;a", 404],
	["/v1/whoami#a", 200],
	["/%76%31/%77hoami", 200],
	["/v1%2fwhoami", 404],
	["http://elsewhere.example/v1/whoami", 200],
	["/v1/forward-auth?workspace=%61ny", 200],
	["/v1/forward-auth?workspace=any#a", 403],
	["/v1/forward-auth?workspace=any&workspace=ws_a", 200],
	["/v1/forward-auth?Workspace=any", 403],
	["/v1/forward-auth?workspace[]=any", 403],
	["/v1/forward-auth;workspace=any", 401],
])("%s is answered with %i to a key, and never lets a revoked one in", async (target, status) => {
	expect(await statusOf(raw(`GET ${target} HTTP/1.1`, `x-api-key: ${one.secret}`))).toBe(status);
	expect(await statusOf(raw(`GET ${target} HTTP/1.1`, `x-api-key: ${revoked.secret}`))).toBe(
		status === 404 ? 404 : 401,
	);
});

it("clients of HTTP/1.0 are answered, and keep the connection only if they ask for that", async () => {
	const old = (...headers: string[]) => raw(WHOAMI.replace("1.1", "1.0"), `x-api-key: ${one.secret}`, ...headers);
	const connection = await openConnection(only.server.port);
	for (let request = 0; request < 3; request++) {
		connection.send(old("Connection: keep-alive"));
		expect((await connection.response()).status).toBe(200);
	}
	connection.send(old());
	expect((await connection.response()).status).toBe(200);
	await connection.closed();
});

describe("requests that are sent without waiting", () => {
	interface Pipelined {
		text: () => string;
		method?: "HEAD";
		shows: (response: Awaited<ReturnType<RawConnection["response"]>>) => unknown;
		expected: () => unknown;
	}

	const idIn = (body: string) => (JSON.parse(body) as { key: { id: string } }).key.id;
	const KINDS: Pipelined[] = [
		{ text: () => raw(WHOAMI, `x-api-key: ${one.secret}`), shows: ({ body }) => idIn(body), expected: () => one.id },
		{
			text: () => raw(WHOAMI, `x-api-key: ${other.secret}`),
			shows: ({ body }) => idIn(body),
			expected: () => other.id,
		},
		{
			text: () => raw(FORWARD_AUTH, `Authorization: Bearer ${one.secret}`),
			shows: ({ headers }) => headers["x-auxvyn-key-id"],
			expected: () => one.id,
		},
		{
			text: () => raw(FORWARD_AUTH.replace("GET", "HEAD"), `x-api-key: ${other.secret}`),
			method: "HEAD",
			shows: ({ headers }) => headers["x-auxvyn-key-id"],
			expected: () => other.id,
		},
		{
			text: () => raw(FORWARD_AUTH.replace("GET", "POST"), `x-api-key: ${other.secret}`, "Content-Length: 0"),
			shows: ({ headers }) => headers["x-auxvyn-key-id"],
			expected: () => other.id,
		},
		{
			text: () => raw(WHOAMI, `x-api-key: ${revoked.secret}`),
			shows: ({ status, body }) => [status, (JSON.parse(body) as { code: string }).code],
			expected: () => [401, "revoked_key"],
		},
		{
			text: () => raw(WHOAMI, `x-api-key: ${one.secret}`, `x-api-key: ${other.secret}`),
			shows: ({ status }) => status,
			expected: () => 400,
		},
		{ text: () => raw("GET /healthz HTTP/1.1"), shows: ({ status }) => status, expected: () => 200 },
		{ text: () => raw("GET /v1/nothing HTTP/1.1"), shows: ({ status }) => status, expected: () => 404 },
	];

	it(`get one answer each, in their order, however they are cut into segments (seed ${SEED})`, async () => {
		const random = randomFrom(SEED);
		const sent = Array.from({ length: PIPELINED }, () => pick(random, KINDS));
		const connection = await openConnection(only.server.port);
		connection.socket.setNoDelay();
		const text = sent.map((each) => each.text()).join("");
		for (let at = 0; at < text.length;) {
			const size = 1 + Math.floor(random() ** 3 * 8_000);
			connection.send(text.slice(at, at + size));
			at += size;
			// So that the parts do not all arrive together.
			if (random() < 0.2) await new Promise(setImmediate);
		}
		for (const { method, shows, expected } of sent)
			expect(shows(await connection.response(method))).toEqual(expected());
		connection.socket.end();
		await connection.closed();
	});
});
