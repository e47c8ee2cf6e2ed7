import { describe, expect, test } from "vitest";

import { asksAt, safeAt } from "../../server/dashboard/key-page/retirement-times.ts";
import { currentStep, pathOf } from "../../server/dashboard/key-page/rotation-steps.ts";
import { byPlace, placeName, serverRows } from "../../server/dashboard/key-page/server-rows.ts";
import { replacementText } from "../../server/dashboard/keys/replacement-text.ts";
import { usedAt } from "../../server/dashboard/keys/used-at.ts";
import type { Key, KeyDetails, Retirement, VersionServers, WaitingFor } from "../../shared/wire.ts";

const NOW = Date.parse("2026-11-28T12:02:00.000Z");
const CREATED_AT = "2026-11-01T12:00:00.000Z";

const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const used = (minutes: number) => ({ lastUsedAt: minutesAgo(minutes), requests24h: 1 });
const UNUSED = { lastUsedAt: null, requests24h: 0 };

function key(use: Partial<Key> = {}): Key {
	return {
		...{ id: "key_1", label: "Production", hint: "abcd", state: "active", origin: "dashboard", place: null },
		...{ createdAt: CREATED_AT, createdBy: null, confirmedAt: CREATED_AT },
		...{ ...UNUSED, requests1h: 0, hourly: [], studio: UNUSED, plugin: UNUSED },
		...{ firstServerAt: null, lastServerAt: null, liveServers: 0, lastRefusedAt: null, replacedBy: null },
		...{ retirement: null, revokedAt: null, revokedBy: null, revokedReason: null },
		...use,
	};
}

const waiting = (code: WaitingFor["code"], of: Partial<WaitingFor> = {}): WaitingFor => ({
	...{ code, placeId: "1818", placeVersion: 41, servers: 0, lastSeenAt: minutesAgo(3) },
	...of,
});

const version = (placeVersion: number, live: number, placeId = "1818"): VersionServers => ({
	...{ placeId, placeVersion, live, silent: 0, firstSeenAt: minutesAgo(90), lastSeenAt: minutesAgo(1) },
});

const summary = (...versions: VersionServers[]) => ({
	...{ versions, truncated: false, live: 0, lastWithoutServerAt: null, withoutServer1h: 0 },
});

/** A key that is being replaced. */
function rotating(next: Partial<Key>, waitingFor: WaitingFor[] = [], old: Partial<Key> = {}): KeyDetails {
	const rotation = { waitingFor, silentMinutes: 0, servers: summary() };
	return { key: key(old), replaces: null, replacement: key(next), servers: summary(), rotation };
}

const stepOf = (details: KeyDetails) => currentStep(pathOf(details));

describe("a key's last use", () => {
	test("is the latest by the game, a playtest or the plugin", () => {
		expect(usedAt(key({}))).toBeUndefined();
		expect(usedAt(key({ ...used(5), studio: used(9), plugin: used(7) }))).toBe(minutesAgo(5));
		expect(usedAt(key({ ...used(9), studio: used(5), plugin: used(7) }))).toBe(minutesAgo(5));
		expect(usedAt(key({ studio: used(9), plugin: used(5) }))).toBe(minutesAgo(5));
	});
});

describe("the steps of a rotation", () => {
	const published = { ...used(2), firstServerAt: minutesAgo(2) };

	test("begin with a new key, which only an active one is", () => {
		const revoked = { ...rotating({ state: "revoked" }), rotation: null };
		expect(stepOf({ ...revoked, replacement: null })).toBe(1);
		expect(stepOf(revoked)).toBe(1);
		expect(stepOf(rotating({}, [waiting("in_use")]))).toBe(2);
	});

	test("go on when the new key is in the script: installed by Studio, or used by anything", () => {
		const silence = [waiting("silence")];
		expect(stepOf(rotating({ origin: "studio", confirmedAt: null, plugin: used(1) }, silence))).toBe(2);
		expect(stepOf(rotating({ origin: "studio" }, silence))).toBe(3);
		expect(stepOf(rotating({ studio: used(1) }, silence))).toBe(3);
	});

	test("wait for a server with the new key, and for every place to be published", () => {
		expect(stepOf(rotating(published, [waiting("no_newer_version", { placeId: "1919" })]))).toBe(3);
		expect(stepOf(rotating(published, [waiting("in_use", { servers: 3 })]))).toBe(4);
		expect(stepOf(rotating(published, [waiting("same_version")]))).toBe(4);
	});

	test("call the old key safe when nothing is waited for, and never without a replacement", () => {
		expect(pathOf(rotating(published, [waiting("silence")])).isSafe).toBe(false);
		expect(pathOf(rotating(published)).isSafe).toBe(true);
		expect(stepOf(rotating(published))).toBe(5);
		expect(pathOf({ ...rotating({ state: "revoked" }), rotation: null }).isSafe).toBe(false);
	});

	test("leave the old key to a person only when no server can come back that sent it", () => {
		const isLeft = (codes: WaitingFor["code"][], ...servers: VersionServers[]) =>
			pathOf({
				...rotating(
					published,
					codes.map((code) => waiting(code)),
				),
				servers: summary(...servers),
			}).isLeftToPerson;
		expect(isLeft(["same_version", "silence"])).toBe(true);
		expect(isLeft(["same_version", "silence"], { ...version(41, 0), silent: 1 })).toBe(false);
		expect(isLeft(["same_version"], { ...version(41, 0), silent: 1 })).toBe(true);
		for (const code of ["in_use", "no_heartbeat", "no_server_headers", "no_newer_version"] as const)
			expect(isLeft(["same_version", code])).toBe(false);
		expect(isLeft(["silence"])).toBe(false);
	});

	test("are done once the old key is revoked", () => {
		expect(stepOf({ ...rotating(published, [], { state: "revoked" }), rotation: null })).toBe(6);
	});

	test("name what a retirement waits for whose new key was revoked", () => {
		const retirement: Retirement = {
			...{ since: minutesAgo(90), by: null, replacedBy: null, state: "asking" },
			waitingFor: [waiting("no_newer_version", { placeId: null })],
		};
		const details = { ...rotating({ state: "revoked" }, [], { retirement }), rotation: null };
		expect(pathOf(details)).toMatchObject({ isSafe: false, waitingFor: retirement.waitingFor });
	});
});

describe("when a key will be safe", () => {
	const at = (waitingFor: WaitingFor[], silentMinutes = 0) => {
		const time = safeAt(waitingFor, silentMinutes, NOW);
		return time === undefined ? undefined : new Date(time).toISOString().slice(0, 16);
	};

	test("is known for silence, in whole stretches after the last use", () => {
		expect(at([waiting("silence", { lastSeenAt: minutesAgo(1) })])).toBe("2026-11-28T12:35");
		expect(at([waiting("silence", { lastSeenAt: minutesAgo(3) })])).toBe("2026-11-28T12:30");
		expect(at([waiting("silence", { lastSeenAt: minutesAgo(24) })], 20)).toBe("2026-11-28T12:10");
		expect(at([waiting("silence", { lastSeenAt: null })], 25)).toBe("2026-11-28T12:05");
	});

	test("is 14 days after a use that says nothing about its server", () => {
		expect(at([waiting("no_server_headers"), waiting("silence")])).toBe("2026-12-12T11:59");
		expect(at([waiting("no_heartbeat", { lastSeenAt: minutesAgo(2) })])).toBe("2026-12-12T12:00");
	});

	test("is not known while servers or people have to do something", () => {
		for (const code of ["in_use", "no_newer_version", "same_version", "too_many_places"] as const)
			expect(at([waiting("silence"), waiting(code)])).toBeUndefined();
		expect(at([])).toBeUndefined();
		expect(at([waiting("from_the_future" as "silence")])).toBeUndefined();
	});

	test("a person is asked after seven days", () => {
		expect(asksAt(CREATED_AT)).toBe(Date.parse("2026-11-08T12:00:00.000Z"));
	});
});

describe("the rows of servers", () => {
	const details = (own: VersionServers[], next: VersionServers[] = []): KeyDetails => ({
		...rotating({}),
		servers: summary(...own),
		rotation: { waitingFor: [], silentMinutes: 0, servers: summary(...next) },
	});

	test("join both keys by version, and leave out what is only silent", () => {
		const rows = serverRows(details([version(41, 3), version(40, 0)], [version(42, 12), version(41, 1)]));
		expect(rows).toMatchObject([
			{ version: 41, own: 3, next: 1 },
			{ version: 42, own: 0, next: 12 },
		]);
	});

	test("are none of a revoked key, which is refused", () => {
		expect(serverRows({ ...details([version(41, 3)]), key: key({ state: "revoked" }) })).toEqual([]);
	});

	test("stay at zero when a version closes", () => {
		const before = serverRows(details([version(41, 3)]));
		expect(serverRows(details([]), before)).toMatchObject([{ version: 41, own: 0, next: 0 }]);
	});

	test("are by place, the key's own first, and at most eight, those of the old key before others", () => {
		const own = Array.from({ length: 20 }, (_, index) => version(index + 1, index + 1));
		const rows = serverRows(details(own, [version(99, 500)]));
		expect(byPlace(rows, undefined)[0]?.rows.map((row) => row.version)).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
		const places = byPlace(serverRows(details([version(1, 1, "5"), version(1, 9, "7")])), "7");
		expect(places.map(({ placeId }) => placeId)).toEqual(["7", "5"]);
	});

	test("call a place by the name that a key has for it", () => {
		const named = key({ place: { placeId: "1818", universeId: null, name: "Crystal Caverns" } });
		expect(placeName("1818", [null, named])).toBe("Crystal Caverns");
		expect(placeName("1919", [key(), named])).toBe("place 1919");
		expect(placeName(null, [named])).toBe("the place");
	});
});

describe("the line in the list", () => {
	const replacedBy = { id: "key_2", label: "New", hint: "ef01" };
	const retirement = (state: Retirement["state"], waitingFor: WaitingFor[]): Retirement => ({
		...{ since: minutesAgo(5), by: null, replacedBy, state, waitingFor },
	});
	const silence = [waiting("silence")];

	test.each<[string | undefined, Partial<Key>]>([
		[undefined, {}],
		[undefined, { replacedBy }],
		[undefined, { lastServerAt: minutesAgo(1), liveServers: 3 }],
		["3 servers still on this key", { replacedBy, lastServerAt: minutesAgo(1), liveServers: 3 }],
		["1 server still on this key", { replacedBy, lastServerAt: minutesAgo(1), liveServers: 1 }],
		["no live servers on this key", { replacedBy, lastServerAt: minutesAgo(60) }],
		["retiring: 3 servers left", { replacedBy, liveServers: 3, retirement: retirement("waiting", silence) }],
		["retiring: no live servers left", { replacedBy, retirement: retirement("waiting", silence) }],
		["your decision: no live servers left", { retirement: retirement("asking", silence) }],
		["safe to revoke", { replacedBy, retirement: retirement("asking", []) }],
		["your decision: 1 server left", { replacedBy, liveServers: 1, retirement: retirement("asking", []) }],
		[undefined, { state: "revoked", retirement: retirement("done", []) }],
	])("is %s", (text, of) => {
		expect(replacementText(key(of))).toBe(text);
	});
});
