import { expect, test } from "vitest";

import { datedLabel, suggestLabel } from "../../server/dashboard/pairing/suggest-label.ts";
import type { Pairing } from "../../shared/wire.ts";

const ASKED_AT = "2026-11-23T12:00:00.000Z";
const NOW = Date.parse(ASKED_AT);

function pairing(intent: "connect" | "reconnect", placeName: string | null, oldLabel?: string): Pairing {
	return {
		userCode: "BCDF-GHJK",
		status: "pending",
		reported: { placeId: "1818", universeId: "4483", placeName, studioUserId: "9123", intent },
		previousKey:
			oldLabel === undefined
				? null
				: { id: "key_1", label: oldLabel, hint: "0000", lastUsedAt: null, proven: true, lastServerAt: null },
		requestedFrom: { network: null, sameAsYours: null, userAgent: null },
		createdAt: ASKED_AT,
		expiresAt: ASKED_AT,
	};
}

test("a first key is labelled with the place's name, or its id", () => {
	expect(suggestLabel(pairing("connect", "Crystal Caverns"), NOW, [])).toBe("Crystal Caverns");
	expect(suggestLabel(pairing("connect", null), NOW, ["Crystal Caverns"])).toBe("Place 1818");
});

test("a label differs from that of every other key, however often a place is connected", () => {
	for (const intent of ["connect", "reconnect"] as const) {
		const taken = ["GAME"];
		for (let n = 0; n < 5; n++) taken.push(suggestLabel(pairing(intent, "game", "game"), NOW, taken));
		expect(taken).toEqual([
			"GAME",
			"game, 23 Nov",
			expect.stringMatching(/^game, 23 Nov \d\d:\d\d$/),
			expect.stringMatching(/^game, 23 Nov \d\d:\d\d \(2\)$/),
			expect.stringMatching(/^game, 23 Nov \d\d:\d\d \(3\)$/),
			expect.stringMatching(/^game, 23 Nov \d\d:\d\d \(4\)$/),
		]);
	}
});

test("on reconnect the label includes the day", () => {
	expect(suggestLabel(pairing("reconnect", "Crystal Caverns", "Crystal Caverns"), NOW, [])).toBe(
		"Crystal Caverns, 23 Nov",
	);
});

test("a second reconnect on the same day adds the time", () => {
	const label = suggestLabel(pairing("reconnect", "Crystal Caverns", "Crystal Caverns, 23 Nov"), NOW, []);
	expect(label).toMatch(/^Crystal Caverns, 23 Nov \d\d:\d\d$/);
});

test("a label with the day keeps to the length limit", () => {
	expect([...suggestLabel(pairing("reconnect", "🗝".repeat(90)), NOW, [])]).toHaveLength(64);
});

test("a replacement made by hand gets the old label with the day, once", () => {
	expect(datedLabel("Production", NOW, [])).toBe("Production, 23 Nov");
	expect(datedLabel("Production, 2 Sept", NOW, [])).toBe("Production, 23 Nov");
	expect(datedLabel("Production, 30 Dec 2025", NOW, [])).toBe("Production, 23 Nov");
	expect(datedLabel("Production, 2 Sept 08:15 (2)", NOW, [])).toBe("Production, 23 Nov");
	expect(datedLabel("Production", NOW, ["Production, 23 Nov"])).toMatch(/^Production, 23 Nov \d\d:\d\d$/);
	expect(datedLabel("Production, 23 Nov", NOW, [])).toMatch(/^Production, 23 Nov \d\d:\d\d$/);
	expect([...datedLabel("🗝".repeat(64), NOW, [])]).toHaveLength(64);
	expect(datedLabel("Pro\u202educt\u200bion", NOW, [])).toBe("Production, 23 Nov");
	expect(datedLabel("\u3164", NOW, [])).toBe("Key, 23 Nov");
});
