import { describe, expect, it } from "vitest";

import { SessionListSchema } from "../../server/accounts/sessions/sessions.schema.ts";
import { ActivityListSchema } from "../../server/activity/activity.schema.ts";
import { KeyRefSchema, PersonRefSchema } from "../../server/activity/refs.schema.ts";
import { check } from "../../server/dashboard/api/check.ts";
import { readEvent } from "../../server/dashboard/live/events.ts";
import { FirstStepsSchema } from "../../server/first-load/first-load.schema.ts";
import { KeyUsageSchema } from "../../server/keys/manage/key-page.schema.ts";
import { KeyListSchema } from "../../server/keys/manage/keys.schema.ts";
import { InvitationOfferSchema } from "../../server/people/people.schema.ts";
import { WorkspaceListSchema } from "../../server/workspaces/workspaces.schema.ts";
import type { ActivityEntry, KeyUse } from "../../shared/wire.ts";

const AT = "2026-11-28T12:00:00.000Z";
const RIN = { id: "a1", name: "Rin" };
const ENTRY: ActivityEntry = {
	id: "e1",
	at: AT,
	kind: "key.renamed",
	actor: RIN,
	address: null,
	key: { id: "k1", label: "Test", hint: "abcd" },
	person: null,
	detail: { from: "Test", to: "Staging" },
};
const USE: KeyUse = {
	id: "k1",
	lastUsedAt: AT,
	firstServerAt: null,
	lastServerAt: null,
	requests24h: 3,
	requests1h: 1,
	hourly: [1, 2],
	studio: { lastUsedAt: AT, requests24h: 1 },
	plugin: { lastUsedAt: null, requests24h: 0 },
	liveServers: 0,
	lastRefusedAt: null,
};

describe("checking a response", () => {
	it("returns what matches", () => {
		const response = { entries: [ENTRY], nextCursor: null };
		expect(check(ActivityListSchema, response)).toEqual(response);
	});

	it("drops fields that only a newer server has", () => {
		const workspace = { id: "w1", name: "Moonlit", role: "owner" };
		const response = { workspaces: [{ ...workspace, plan: "free" }], total: 1 };
		expect(check(WorkspaceListSchema, response)).toEqual({ workspaces: [workspace] });
	});

	it("accepts fields that may be absent, present and absent", () => {
		expect(check(PersonRefSchema, RIN)).toEqual(RIN);
		expect(check(PersonRefSchema, { ...RIN, left: true })).toEqual({ ...RIN, left: true });
		expect(check(KeyListSchema, { keys: [], nextCursor: null })).toEqual({ keys: [], nextCursor: null });
	});

	it("accepts kinds of activity that the page does not know", () => {
		const response = { entries: [{ ...ENTRY, kind: "key.lent" }], nextCursor: null };
		expect(check(ActivityListSchema, response)).toEqual(response);
	});

	const offer = { workspace: { id: "w1", name: "Moonlit" }, role: "member", invitedBy: null, expiresAt: AT };
	it.each([
		["body is not an object", KeyRefSchema, null],
		["body is not an object", KeyRefSchema, []],
		["id is not a string", KeyRefSchema, {}],
		["hint is not a string", KeyRefSchema, { id: "k1", label: "Test", hint: 5 }],
		["left is not true", PersonRefSchema, { ...RIN, left: false }],
		["workspaces is not a list", WorkspaceListSchema, { workspaces: {} }],
		[
			"workspaces[1].role is not one of owner, admin, member",
			WorkspaceListSchema,
			{
				workspaces: [
					{ id: "w1", name: "Moonlit", role: "owner" },
					{ id: "w2", name: "Sunlit", role: "guest" },
				],
			},
		],
		["invitedBy is not an object", InvitationOfferSchema, { ...offer, invitedBy: "Rin" }],
		["invitedBy.name is not a string", InvitationOfferSchema, { ...offer, invitedBy: { id: "a1" } }],
		["expiresAt is not a time", InvitationOfferSchema, { ...offer, expiresAt: "soon" }],
		["pluginAt is not a time", FirstStepsSchema, { pluginAt: "soon", connectedAt: null, requestAt: null }],
		["pluginAt is not a string or null", FirstStepsSchema, { pluginAt: 5, connectedAt: null, requestAt: null }],
		["from is not a time", KeyUsageSchema, { from: "", accepted: [], refused: [] }],
		["accepted[1] is not a whole number", KeyUsageSchema, { from: AT, accepted: [0, 0.5], refused: [] }],
		["sessions[0].current is not true or false", SessionListSchema, { sessions: [{ id: "s1", current: 1 }] }],
		[
			"entries[0].detail.to is not a string",
			ActivityListSchema,
			{ entries: [{ ...ENTRY, detail: { to: 5 } }], nextCursor: null },
		],
	])("says that the response's %s", (message, schema, value) => {
		expect(() => check(schema, value)).toThrow(`The response's ${message}.`);
	});
});

describe("reading an event", () => {
	it("returns what the event says", () => {
		expect(readEvent("changed", '{"topics":["keys","activity"]}')).toEqual({ topics: ["keys", "activity"] });
		expect(readEvent("used", JSON.stringify({ keys: [USE] }))).toEqual({ keys: [USE] });
		expect(readEvent("over", '{"reason":"membership"}')).toEqual({ reason: "membership" });
	});

	it.each([
		["changed", '{"topics":["weather"]}'],
		["over", '{"reason":"maintenance"}'],
		["used", "{"],
	] as const)("ignores a %s event that the page is too old to understand: %s", (name, data) => {
		expect(readEvent(name, data)).toBeUndefined();
	});
});
