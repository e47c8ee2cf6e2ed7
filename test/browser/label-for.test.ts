import { expect, test } from "vitest";

import { datedLabel, labelFor } from "../../server/dashboard/pairing/label-for.ts";
import type { Pairing } from "../../shared/wire.ts";

const ASKED_AT = "2026-11-23T12:00:00.000Z";
const NOW = Date.parse(ASKED_AT);

function pairing(intent: "connect" | "reconnect", placeName: string | null, oldLabel?: string): Pairing {
	return {
		userCode: "BCDF-GHJK",
		status: "pending",
		reported: { placeId: "1818", universeId: "4483", placeName, studioUserId: "9123", intent },
		previousKey: oldLabel === undefined ? null : { id: "key_1", label: oldLabel, hint: "0000", lastUsedAt: null },
		createdAt: ASKED_AT,
		expiresAt: ASKED_AT,
	};
}

test("a first key starts with the place's name as its label, or with its id", () => {
	expect(labelFor(pairing("connect", "Crystal Caverns"), NOW)).toBe("Crystal Caverns");
	expect(labelFor(pairing("connect", null), NOW)).toBe("Place 1818");
});

test("on reconnect the label has the day, so that old and new key can be told apart", () => {
	expect(labelFor(pairing("reconnect", "Crystal Caverns", "Crystal Caverns"), NOW)).toBe("Crystal Caverns, 23 Nov");
});

test("a second reconnect on the same day has the time too", () => {
	const label = labelFor(pairing("reconnect", "Crystal Caverns", "Crystal Caverns, 23 Nov"), NOW);
	expect(label).toMatch(/^Crystal Caverns, 23 Nov \d\d:\d\d$/);
});

test("with the day it is still no longer than a label may be", () => {
	expect([...labelFor(pairing("reconnect", "🗝".repeat(90)), NOW)]).toHaveLength(64);
});

test("a key made by hand in another's place starts with the old label and the day, once", () => {
	expect(datedLabel("Production", NOW)).toBe("Production, 23 Nov");
	expect(datedLabel("Production, 2 Sept", NOW)).toBe("Production, 23 Nov");
	expect(datedLabel("Production, 30 Dec 2025", NOW)).toBe("Production, 23 Nov");
	expect(datedLabel("Production, 23 Nov", NOW)).toMatch(/^Production, 23 Nov \d\d:\d\d$/);
	expect([...datedLabel("🗝".repeat(64), NOW)]).toHaveLength(64);
});
