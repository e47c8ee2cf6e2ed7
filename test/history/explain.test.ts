import { expect, it } from "vitest";

import { contradiction, type Operation } from "./explain.ts";

const KEY = { key: "Lobby", server: 1 };
const create = (invokedAt: number, answeredAt: number): Operation => ({
	...KEY,
	what: "create",
	invokedAt,
	answeredAt,
});
const revoke = (invokedAt: number, answeredAt: number): Operation => ({
	...KEY,
	what: "revoke",
	invokedAt,
	answeredAt,
});
const check = (seen: NonNullable<Operation["seen"]>, invokedAt: number, answeredAt: number): Operation => ({
	...KEY,
	what: "check",
	seen,
	invokedAt,
	answeredAt,
});
const CREATED = create(0, 1);

it.each<[string, Operation[]]>([
	["a key that is created, used and revoked", [CREATED, check("active", 2, 3), revoke(4, 5), check("revoked", 6, 7)]],
	[
		"checks that overlap the revocation, either way",
		[CREATED, revoke(4, 9), check("active", 5, 6), check("revoked", 7, 8)],
	],
	["a check that began before the revocation was answered", [CREATED, revoke(4, 5), check("active", 4.5, 9)]],
	["a revocation without an answer that has happened", [CREATED, revoke(4, Infinity), check("revoked", 6, 7)]],
	["a revocation without an answer that has not happened", [CREATED, revoke(4, Infinity), check("active", 6, 7)]],
	["checks without an answer", [CREATED, { ...KEY, what: "check", invokedAt: 2, answeredAt: Infinity }]],
])("explains %s", (_, history) => {
	expect(contradiction(history)).toBeUndefined();
});

it.each<[string, Operation[]]>([
	["a key that is accepted after its revocation was answered", [CREATED, revoke(4, 5), check("active", 6, 7)]],
	[
		"a key that is accepted after it was seen revoked",
		[CREATED, revoke(4, Infinity), check("revoked", 5, 6), check("active", 7, 8)],
	],
	["a key that is lost after its creation was answered", [CREATED, check("unknown", 2, 3)]],
	["a key that is revoked although no one asked for it", [CREATED, check("revoked", 2, 3)]],
	["a key that is accepted before anyone asked for it", [check("active", 0, 1), create(2, 3)]],
])("does not explain %s", (_, history) => {
	expect(contradiction(history)).toMatch(/^Lobby: server 1 saw it/);
});
