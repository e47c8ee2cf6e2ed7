import { describe, expect, test } from "vitest";

import { isQuiet, rotationOf } from "../../server/dashboard/key-page/rotation-steps.ts";
import { usedAt } from "../../server/dashboard/keys/used-at.ts";
import type { Key } from "../../shared/wire.ts";

const NOW = Date.parse("2026-11-28T12:00:00.000Z");
const CREATED_AT = "2026-11-01T12:00:00.000Z";

const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const used = (minutes: number) => ({ lastUsedAt: minutesAgo(minutes), requests24h: 1 });
const UNUSED = { lastUsedAt: null, requests24h: 0 };

function key(use: Partial<Key>): Key {
	return {
		...{ id: "key_1", label: "Production", hint: "abcd", state: "active", origin: "dashboard", place: null },
		...{ createdAt: CREATED_AT, createdBy: null, confirmedAt: CREATED_AT },
		...{ ...UNUSED, requests1h: 0, hourly: [], studio: UNUSED, plugin: UNUSED },
		...{ firstServerAt: null, lastServerAt: null, liveServers: 0, lastRefusedAt: null, replacedBy: null },
		...{ retirement: null, revokedAt: null, revokedBy: null, revokedReason: null },
		...use,
	};
}

const NO_SERVERS = { versions: [], truncated: false, live: 0, lastWithoutServerAt: null };

const rotation = (old: Partial<Key>, next: Partial<Key>) =>
	rotationOf({ key: key(old), replaces: null, replacement: key(next), servers: NO_SERVERS, rotation: null }, NOW);

describe("a key's last use", () => {
	test("is the latest by the game, a playtest or the plugin", () => {
		expect(usedAt(key({}))).toBeUndefined();
		expect(usedAt(key({ ...used(5), studio: used(9), plugin: used(7) }))).toBe(minutesAgo(5));
		expect(usedAt(key({ ...used(9), studio: used(5), plugin: used(7) }))).toBe(minutesAgo(5));
		expect(usedAt(key({ studio: used(9), plugin: used(5) }))).toBe(minutesAgo(5));
	});

	test("of any of them keeps it from being quiet for an hour", () => {
		expect(isQuiet(key({}), NOW)).toBe(true);
		for (const use of [used(59), { studio: used(59) }, { plugin: used(59) }]) {
			expect(isQuiet(key({ ...used(90), ...use }), NOW)).toBe(false);
		}
		expect(isQuiet(key({ ...used(60), studio: used(60), plugin: used(60) }), NOW)).toBe(true);
	});
});

describe("the old key of a rotation can be deleted", () => {
	const game = { ...used(90), firstServerAt: minutesAgo(900) };
	const published = { ...used(2), firstServerAt: minutesAgo(2) };

	test("once a game server uses the new key and nothing the old one", () => {
		expect(rotation(game, published).ready).toBe(true);
		expect(rotation(game, { ...used(2), plugin: used(2) }).ready).toBe(false);
		expect(rotation({ ...game, studio: used(10) }, published)).toMatchObject({ ready: false, oldKey: "used" });
		expect(rotation({ ...game, plugin: used(10) }, published)).toMatchObject({ ready: false, oldKey: "used" });
	});

	test("if no game server ever sent it, once the game sends the new one, or the plugin if no game sent the old", () => {
		expect(rotation(used(90), { plugin: used(2) }).ready).toBe(false);
		expect(rotation(used(90), used(2)).ready).toBe(true);
		expect(rotation({ plugin: used(90) }, {}).ready).toBe(false);
		expect(rotation({ plugin: used(90) }, { plugin: used(2) }).ready).toBe(true);
	});

	test("if nothing ever used it", () => {
		expect(rotation({}, {})).toMatchObject({ ready: true, inScript: false });
		expect(rotation({}, { studio: used(2) }).inScript).toBe(true);
	});
});
