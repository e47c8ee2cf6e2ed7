import { describe, expect, it } from "vitest";

import { ProblemError } from "../../../server/errors/problem-error.ts";
import { cleanText, containsKey, redactKeys } from "../../../server/http/text.ts";
import { KEY } from "./infrastructure.ts";

function refused(value: string): ProblemError {
	try {
		cleanText(value, { path: "label", maxCodePoints: 64 });
	} catch (error) {
		if (error instanceof ProblemError) return error;
		throw error;
	}
	throw new Error("It was accepted.");
}

describe("a name or label", () => {
	it.each([
		["  Production  ", "Production"],
		["日本語", "日本語"],
		["🔑".repeat(64), "🔑".repeat(64)],
		["<b>&amp;", "<b>&amp;"],
		["👩\u200d🚀", "👩\u200d🚀"],
		["!?", "!?"],
	])("%j is kept as %j", (given, kept) => {
		expect(cleanText(given, { path: "label", maxCodePoints: 64 })).toBe(kept);
	});

	it.each([
		["nothing", ""],
		["spaces", "   "],
		["a control character", "a\u0000b"],
		["a line break inside", "a\nb"],
		["half of a surrogate pair", "a\ud83d"],
		["characters that nobody sees", "\u200b\u2060\u202e"],
		["letters and signs that nobody sees", "\u3164\u2800"],
		["65 code points", "🔑".repeat(65)],
		["a key", `my ${KEY}!`],
		["a key in capitals", KEY.toUpperCase()],
	])("is refused with %s, naming the field and not the text", (_what, value) => {
		const problem = refused(value);
		expect(problem.statusCode).toBe(400);
		expect(problem.body().errors).toMatchObject([{ path: "label" }]);
		expect(JSON.stringify(problem.body())).not.toContain(KEY);
	});
});

describe("redaction", () => {
	it("strikes out every key, wherever it stands, and nothing else", () => {
		const text = `{"a":"${KEY}","b":"x${KEY}${KEY}y"} auxvyn_ ${KEY.slice(0, -1)}`;
		const redacted = redactKeys(text);
		expect(containsKey(redacted)).toBe(false);
		expect(redacted).toContain(`auxvyn_ ${KEY.slice(0, -1)}`);
		expect(redactKeys("nothing secret")).toBe("nothing secret");
	});
});
