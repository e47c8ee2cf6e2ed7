import { expect, test } from "vitest";

import { characterOf } from "../../shared/characters.ts";
import { fitText, textFlaw } from "../../shared/text.ts";
import { ACCEPTED, charactersOf, FITTED, oddTexts, REFUSED } from "../text-cases.ts";
import { startPureModules } from "./pure-module.ts";

const RULE = "shared/text";
const DISPLAY = "text/display-text";
/** JSON that Luau reads holds no lone surrogates. */
const isWhole = (text: string) => text.isWellFormed();

/** Lune writes an empty list as an empty object. */
function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

test("Luau and Node agree on what every character is", async () => {
	const luau = await startPureModules();
	const edges: number[] = [];
	for (let code = 1; code <= 0x10ffff; code++) {
		if (characterOf(code).kind !== characterOf(code - 1).kind) edges.push(code - 1, code);
	}
	for (const code of edges) expect(await luau("shared/characters", "characterOf", code)).toEqual(characterOf(code));
});

test("Luau accepts and refuses the same texts, for the same reasons", async () => {
	const luau = await startPureModules();
	for (const [what, text] of ACCEPTED) expect(await luau(RULE, "textFlaw", charactersOf(text)), what).toBeUndefined();
	for (const [what, text, flaw] of REFUSED) expect(await luau(RULE, "textFlaw", charactersOf(text)), what).toBe(flaw);
	for (const text of oddTexts(500))
		expect(await luau(RULE, "textFlaw", text), JSON.stringify(text)).toBe(textFlaw(text));
});

test("Luau makes any text fit as Node does", async () => {
	const luau = await startPureModules();
	for (const text of oddTexts(500)) {
		expect(list(await luau(RULE, "fitText", text)), JSON.stringify(text)).toEqual(fitText(text));
		expect(list(await luau(RULE, "fitText", text, 3)), JSON.stringify(text)).toEqual(fitText(text, 3));
	}
});

test("a place's name is sent as the rule for text has it, or not at all", async () => {
	const luau = await startPureModules();
	const cleanText = (text: string, max = 100) => luau(DISPLAY, "cleanText", text, max);
	for (const [what, text] of ACCEPTED) expect(await cleanText(text), what).toBe(text);
	for (const [source, fitted] of FITTED.filter(([source]) => isWhole(source))) {
		expect(await cleanText(source), source).toBe(fitted === "" ? undefined : fitted);
	}
	for (const [what, text] of REFUSED.filter(([, text]) => isWhole(text))) {
		const sent = await cleanText(text);
		if (sent !== undefined) expect(textFlaw(charactersOf(sent as string)), what).toBeUndefined();
	}
	expect(await cleanText("👨\u200d👩\u200d👧", 2)).toBe("👨");
	for (const invisible of ["\u200b", "\ufe0f", "\u034f", "\u2062"]) {
		expect(await cleanText(`Shop auxvyn_0a${invisible}${"0a".repeat(29)}`)).toBe("Shop auxvyn_…");
	}
});

test("what is shown loses what cannot be seen, and keeps its emoji", async () => {
	const luau = await startPureModules();
	const displayText = (text: string, ...max: number[]) => luau(DISPLAY, "displayText", text, ...max);
	for (const [what, text] of ACCEPTED) expect(await displayText(text), what).toBe(text);
	expect(await displayText("Moon\u200blit\u00ad \u200dShop")).toBe("Moonlit Shop");
	for (const invisible of ["\u200b", "\ufe0f", "\u034f", "\u2062"]) {
		expect(await displayText(`auxvyn${invisible}_0a${invisible}${"0a".repeat(29)}`)).toBe("auxvyn_…");
	}
	expect(await displayText("👩\u200d🚀👩\u200d🚀", 3)).toBe("👩…");
});

test("the servers that the options add are all named, or counted: none is left out of a list", async () => {
	const luau = await startPureModules();
	const askText = async (origins: string[]) =>
		String(await luau("ui/text/ask-text", "askText", { kind: "apis", origins }));
	const many = Array.from({ length: 29 }, (_, index) => `https://${index}.example`);
	expect(await askText([...many, "https://evil.example"])).toMatch(
		/: https:\/\/0\.example, .*, https:\/\/evil\.example\. Go on/,
	);
	expect(await askText([...many, "https://evil.example", "x"])).toContain("31 servers, too many to name here");
});
