import { expect, test } from "vitest";

import { fitLabel, labelProblem } from "../../server/dashboard/keys/label.ts";

test.each([
	["  Crystal Caverns  ", "Crystal Caverns"],
	["🗝".repeat(70), `${"🗝".repeat(63)}…`],
	["🗝".repeat(64), "🗝".repeat(64)],
	["Line\nbreak", "Linebreak"],
	["Right\u202Eto left", "Rightto left"],
	["half\uD83D", "half"],
])("%j becomes the label %j", (source, label) => {
	expect(fitLabel(source)).toBe(label);
	expect(labelProblem(label)).toBeUndefined();
});

test.each([[""], ["   "], ["\u200b\u3164"], ["\u0000"], [`auxvyn_${"0".repeat(60)}`]])(
	"nothing of %j can be a label",
	(source) => {
		expect(fitLabel(source)).toBeUndefined();
		expect(labelProblem(source)).toBeTypeOf("string");
	},
);
