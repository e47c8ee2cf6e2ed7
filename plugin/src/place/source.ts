import { isWellFormedKey, KEY_HINT_CHARACTERS } from "../../../shared/key-format.js";
import { luauTokens } from "./luau-tokens";
import { declaredStrings, isManagedForm, optionStrings } from "./managed-form";
import { parseServerAddress, ServerAddress } from "./server-address";

/**
 * Renders, reads and edits the managed Script's source. Only the key literal is ever replaced, so edits around it survive.
 */
export interface SourceFacts {
	key: string;
	address: ServerAddress;
	/** The strings in the options: servers that game code may send the key to. */
	apis: string[];
	/** current: this plugin's core; older: one of an earlier version; edited: other code than Auxvyn writes. */
	form: "current" | "older" | "edited";
	/** 1-based numbers of lines with code that is not Auxvyn's. */
	foreignLines: number[];
}

export type SourceProblem = "no-key" | "several-keys" | "address";

const KEY_PATTERN = `auxvyn_${string.rep("[0-9a-f]", 60)}`;

/** The source of a new managed Script. Throws if the key or the address must not be written into source. */
export function renderSource(key: string, address: ServerAddress): string {
	assert(isWellFormedKey(key), "only a well-formed key may be written into a Script");
	assert(parseServerAddress(address.text)?.text === address.text, "only a bare address may be written into a Script");
	return [
		"-- Auxvyn: this Script holds this game's API key and passes it to the module below it.",
		"-- Keep it in ServerScriptService, where players cannot read it. Do not move it, copy it or share it:",
		"-- anyone who can read this Script can call the server as this game.",
		"-- To change the key, click Reconnect in the Auxvyn plugin.",
		`local KEY = "${key}"`,
		`local ADDRESS = "${address.text}"`,
		"",
		"local options = {",
		'\t-- Your own servers that may receive the key, for example: "https://api.example.com"',
		"\tapis = {},",
		"}",
		"",
		"require(script.Client).start(KEY, ADDRESS, options)",
		"",
	].join("\n");
}

function countMatches(text: string, pattern: string): number {
	let count = 0;
	// A separate statement: roblox-ts 3.0.0 emits the arguments of a call in a loop head after the call.
	const matches = text.gmatch(pattern);
	for (const _ of matches) count += 1;
	return count;
}

/**
 * The key, the address and the options, or why the key must not be replaced. Keys are counted everywhere, comments
 * included; everything else is read from code only.
 */
export function readSource(source: string): SourceFacts | SourceProblem {
	const keys = countMatches(source, KEY_PATTERN);
	if (keys > 1) return "several-keys";
	if (keys === 0) return "no-key";
	const tokens = luauTokens(source);
	if (tokens === undefined) return "no-key";
	const [key] = declaredStrings(tokens, "KEY");
	if (key === undefined || key.match(`^${KEY_PATTERN}$`)[0] === undefined) return "no-key";
	const addresses = declaredStrings(tokens, "ADDRESS");
	const address = parseServerAddress(addresses[0] ?? "");
	if (address === undefined || addresses.size() !== 1) return "address";
	const form = isManagedForm(tokens) ? "current" : "edited";
	return { key, address, apis: form === "current" ? optionStrings(tokens) : [], form, foreignLines: [] };
}

/** The source with key `from` replaced by `to`; undefined unless `from` is its only key. */
export function replaceKeyLiteral(source: string, from: string, to: string): string | undefined {
	const facts = readSource(source);
	if (typeIs(facts, "string") || facts.key !== from || !isWellFormedKey(to)) return undefined;
	const [at] = source.find(from, 1, true);
	if (at === undefined) return undefined;
	return source.sub(1, at - 1) + to + source.sub(at + from.size());
}

/** The hint (last characters) of the first key in any text. */
export function keyHint(text: string): string | undefined {
	const [key] = text.match(KEY_PATTERN);
	return typeIs(key, "string") ? key.sub(-KEY_HINT_CHARACTERS) : undefined;
}
