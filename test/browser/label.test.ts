import { expect, test } from "vitest";

import { fitLabel } from "../../server/dashboard/keys/fit-label.ts";
import { textProblem } from "../../server/dashboard/ui/text-problem.ts";
import { ACCEPTED, FITTED, NOT_KEPT, oddTexts } from "../text-cases.ts";

test.each(ACCEPTED)("a label or workspace name with %s is accepted", (_what, text) => {
	expect(textProblem("label", text)).toBeUndefined();
	expect(textProblem("label", ` ${text}\u00a0`)).toBeUndefined();
	expect(textProblem("workspace name", text)).toBeUndefined();
	expect(fitLabel(text)).toBe(text);
});

test.each(NOT_KEPT)("a label or name with %s is refused before it is sent", (_what, text) => {
	for (const kind of ["label", "workspace name", "account name"] as const) {
		expect(textProblem(kind, text)).toBeTypeOf("string");
	}
});

test("a person's name has at most 50 characters", () => {
	expect(textProblem("account name", "🔑".repeat(50))).toBeUndefined();
	expect(textProblem("account name", "🔑".repeat(51))).toBe("Use at most 50 characters.");
});

test.each([
	...FITTED,
	["half\ud83d", "half"],
	["🗝".repeat(70), `${"🗝".repeat(63)}…`],
	["🗝".repeat(64), "🗝".repeat(64)],
	[`${"a".repeat(62)}\u200d${"b".repeat(9)}`, `${"a".repeat(62)}…`],
	[`auxvyn_\u200b${"0".repeat(60)}`, ""],
])("%j becomes the label %j", (source, label) => {
	expect(fitLabel(source)).toBe(label === "" ? undefined : label);
});

test("whatever is made to fit is a valid label", () => {
	for (const characters of oddTexts(1_000)) {
		const label = fitLabel(String.fromCodePoint(...characters.map(({ code }) => code)));
		if (label !== undefined) expect(textProblem("label", label), JSON.stringify(label)).toBeUndefined();
	}
});
