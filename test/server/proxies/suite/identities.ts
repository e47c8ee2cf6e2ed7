import { expect } from "vitest";

import { documented } from "./away.ts";
import { ask, type Case, identity, identityOf } from "./behind.ts";

const NAMES = ["X-Auxvyn-Workspace-Id", "X-Auxvyn-Key-Id"];

/** All that an API may read as one of the two names: CGI and WSGI make `_` of `-`. */
const SPELLINGS = NAMES.flatMap((name) => {
	const parts = name.split("-");
	const all = Array.from({ length: 8 }, (_, bits) =>
		parts.slice(1).reduce((text, part, index) => text + (bits & (1 << index) ? "_" : "-") + part, "X"),
	);
	return [...all, name.toLowerCase(), name.toUpperCase()];
});

export const IDENTITIES: Case[] = [
	[
		"overwrites the identity that a client claims, in every spelling, once or twice",
		async (behind) => {
			const { rin, key, foreign } = behind.people;
			for (const forged of [SPELLINGS, [...SPELLINGS, ...SPELLINGS]]) {
				const { status, seen } = await ask(behind, key.secret, { headers: forged.map((name) => `${name}: forged`) });
				expect(status).toBe(200);
				expect(identity(seen)).toEqual(identityOf(key, rin.workspaceId));
				const refused = await ask(behind, foreign.secret, { headers: forged.map((name) => `${name}: ${key.id}`) });
				expect([refused.status, refused.seen]).toEqual([403, undefined]);
			}
		},
	],
	[
		"refuses, as documented, what Auxvyn accepts without saying whose key it is",
		async (behind) => {
			await behind.front.become({ answer: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" });
			const headers = SPELLINGS.map((name) => `${name}: forged`);
			const { status, seen } = await ask(behind, behind.people.key.secret, { headers });
			await behind.front.become("server");
			expect([status, seen]).toEqual([documented(behind, "accepts without saying whose key it is"), undefined]);
		},
	],
	[
		"keeps the identity of a request whose Connection header names it",
		async (behind) => {
			const { rin, key } = behind.people;
			const headers = [`Connection: ${NAMES.join(", ")}`, ...NAMES.map((name) => `${name}: forged`)];
			const { status, seen } = await ask(behind, key.secret, { headers });
			expect(status).toBe(200);
			expect(identity(seen)).toEqual(identityOf(key, rin.workspaceId));
		},
	],
];
