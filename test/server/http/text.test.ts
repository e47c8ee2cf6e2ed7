import { describe, expect, it } from "vitest";

import { problemBody } from "../../../server/errors/problem-body.ts";
import { ProblemError } from "../../../server/errors/problem-error.ts";
import { cleanText, containsKey, redactKeys } from "../../../server/http/text.ts";
import { ACCEPTED, NOT_KEPT } from "../../text-cases.ts";
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
	it.each(ACCEPTED)("is kept with %s, trimmed", (_what, text) => {
		expect(cleanText(text, { path: "label", maxCodePoints: 64 })).toBe(text);
		expect(cleanText(`  ${text}\u00a0\u3000\n`, { path: "label", maxCodePoints: 64 })).toBe(text);
	});

	it.each(NOT_KEPT)("is refused with %s, naming the field and not the text", (_what, value) => {
		const problem = refused(value);
		expect(problem.statusCode).toBe(400);
		expect(problemBody(problem).errors).toMatchObject([{ path: "label" }]);
		expect(JSON.stringify(problemBody(problem))).not.toMatch(/auxvyn_[0-9a-f]/i);
	});

	it("that is refused comes with what to do about it", () => {
		const advice = (value: string) => problemBody(refused(value)).errors?.[0]?.message;
		expect(advice("a\nb")).toContain("Remove them");
		expect(advice("a\u202eb")).toContain("direction");
		expect(advice("a\u200bb")).toContain("zero-width space");
		expect(advice("a\u200d")).toContain("joiner");
		expect(advice("\u3164")).toContain("letters or digits");
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
