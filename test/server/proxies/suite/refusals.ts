import { expect } from "vitest";

import { openConnection } from "../../raw-connection.ts";
import { documented } from "./away.ts";
import { type Ask, ask, askOn, type Case } from "./behind.ts";

const UNKNOWN = `auxvyn_${"0".repeat(52)}00000000`;

/** How a client may try to choose what Auxvyn is asked. */
const SMUGGLED = [
	"/things?workspace=any",
	"/?workspace=any&x=1",
	"/v1/forward-auth?workspace=any",
	"/things%3Fworkspace=any",
	"/things/../v1/forward-auth?workspace=any",
	"http://api.example.com/things?workspace=any",
	"//keys.example.com/things?workspace=any",
	"/things#&workspace=any",
	"/&workspace=any",
];

/** Where nginx asks itself; to all proxies just a path of the API. */
const OWN = ["/_auxvyn", "/%5fauxvyn", "/things/../_auxvyn", "//_auxvyn", "/./_auxvyn?workspace=any", "/_auxvyn/"];

export const REFUSALS: Case[] = [
	[
		"refuses a missing, malformed or unknown key by 401, and one of another workspace by 403",
		async (behind) => {
			for (const [secret, status] of [
				[undefined, 401],
				["", 401],
				["nonsense", 401],
				[UNKNOWN, 401],
				[behind.people.foreign.secret, 403],
			] as const) {
				const outcome = await ask(behind, secret);
				expect([secret, outcome.status, outcome.seen]).toEqual([secret, status, undefined]);
				expect(outcome.response.headers["www-authenticate"] !== undefined).toBe(status === 401);
				// nginx answers with pages of its own.
				if (behind.name !== "nginx") expect(JSON.parse(outcome.response.body)).toMatchObject({ status });
			}
		},
	],
	[
		"refuses two keys that differ, wherever they stand",
		async (behind) => {
			const { key, other } = behind.people;
			const attempts: Ask[] = [
				{ headers: [`x-api-key: ${other.secret}`] },
				{ headers: [`X-API-KEY: ${other.secret}`] },
				{ headers: [`Authorization: Bearer ${other.secret}`] },
			];
			for (const options of attempts) {
				const { status, seen } = await ask(behind, key.secret, options);
				expect([status, seen]).toEqual([401, undefined]);
			}
		},
	],
	[
		"asks only for its own workspace, whatever the client's URL says, and does not pass the URL on",
		async (behind) => {
			const { people, front } = behind;
			for (const target of SMUGGLED) {
				const { status, seen } = await ask(behind, people.foreign.secret, { target });
				expect([target, seen]).toEqual([target, undefined]);
				expect(status).toBeOneOf([400, 403, 404]);
			}
			await ask(behind, people.key.secret, { target: "/private-path?private-query" });
			const targets = front.requests.map((request) => /^[A-Z]+ (\S+) HTTP\/1\.1\r\n/.exec(request)?.[1]);
			const others = targets.filter((target) => target !== `/v1/forward-auth?workspace=${people.rin.workspaceId}`);
			expect(others).toEqual([]);
			expect(behind.serverOutput()).not.toMatch(/private-(path|query)|things/);
		},
	],
	[
		"does not expose its own request to Auxvyn",
		async (behind) => {
			for (const target of OWN) {
				for (const secret of [undefined, "nonsense", behind.people.foreign.secret]) {
					const { status, seen, response } = await ask(behind, secret, { target });
					expect(status).toBeOneOf([400, 401, 403, 404]);
					expect(seen).toBeUndefined();
					expect(JSON.stringify(response.headers)).not.toMatch(/x-auxvyn/);
				}
			}
		},
	],
	[
		"refuses what cannot be read as HTTP",
		async (behind) => {
			const { status, seen } = await ask(behind, behind.people.key.secret, { headers: ["X-Name: a\x01b"] });
			expect(status).toBeOneOf([400, 401]);
			expect(seen).toBeUndefined();
		},
	],
	[
		"refuses 140 kB of headers with the documented status",
		async (behind) => {
			const headers = Array.from({ length: 7 }, (_, index) => `X-Long-${index}: ${"a".repeat(20_000)}`);
			const { status, seen } = await ask(behind, behind.people.key.secret, { headers });
			expect([status, seen]).toEqual([documented(behind, "headers of more than"), undefined]);
		},
	],
	[
		"refuses a revoked key on the next request, on the same connection, too",
		async (behind) => {
			const { rin } = behind.people;
			const { key, secret } = await rin.createKey("Short-lived");
			const connection = await openConnection(behind.port);
			for (let time = 0; time < 3; time++) expect((await askOn(connection, behind, secret)).status).toBe(200);
			await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
			expect((await askOn(connection, behind, secret)).status).toBe(401);
			expect((await ask(behind, secret)).status).toBe(401);
			connection.socket.destroy();
		},
	],
];
