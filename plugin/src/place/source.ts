import { isWellFormedKey, KEY_HINT_CHARACTERS } from "../../../shared/key-format.js";
import { luauTokens } from "./luau-tokens";
import { declaredTexts, furtherTexts, isManagedForm } from "./managed-form";
import { parseServerAddress, ServerAddress } from "./server-address";

/**
 * The managed Script's text: made here, read here, and changed here, one literal at a time. Everything that a person
 * edited around the literals survives.
 */
export interface SourceFacts {
	key: string;
	address: ServerAddress;
	/** What the options name: servers that game code may send the key to. */
	further: string[];
}

/** `edited`: it holds other code than was written here, so that it is not known where the key goes. */
export type SourceProblem = "no-key" | "several-keys" | "address" | "edited";

const KEY_PATTERN = `auxvyn_${string.rep("[0-9a-f]", 60)}`;

/** The whole Script for a place that has none. Throws where either value is not what may stand in source. */
export function renderSource(key: string, address: ServerAddress): string {
	assert(isWellFormedKey(key), "only a well-formed key is written into a Script");
	assert(parseServerAddress(address.text)?.text === address.text, "only a bare address is written into a Script");
	return [
		"-- Auxvyn: this Script holds the API key of this game, and hands it to the module below it.",
		"-- Leave it in ServerScriptService, where players cannot reach it. Do not move it, copy it or share it:",
		"-- whoever reads this Script can speak to the server in the name of this game.",
		"-- To change the key, click Reconnect in the Auxvyn plugin.",
		`local KEY = "${key}"`,
		`local ADDRESS = "${address.text}"`,
		"",
		"local options = {",
		'\t-- Your own servers that may be sent the key, for example: "https://api.example.com"',
		"\tapis = {},",
		"}",
		"",
		"require(script.Client).start(KEY, ADDRESS, options)",
		"",
	].join("\n");
}

function countMatches(text: string, pattern: string): number {
	let count = 0;
	// Its own statement: roblox-ts 3.0.0 emits the arguments of a call in the loop's head after the call.
	const matches = text.gmatch(pattern);
	for (const _ of matches) count += 1;
	return count;
}

/**
 * The two literals, or what keeps the text from being one that may be rotated. Keys are counted wherever they stand, in
 * comments too; everything else is read from the code alone.
 */
export function readSource(source: string): SourceFacts | SourceProblem {
	const keys = countMatches(source, KEY_PATTERN);
	if (keys > 1) return "several-keys";
	if (keys === 0) return "no-key";
	const tokens = luauTokens(source);
	if (tokens === undefined) return "edited";
	const [key] = declaredTexts(tokens, "KEY");
	if (key === undefined || key.match(`^${KEY_PATTERN}$`)[0] === undefined) return "no-key";
	const addresses = declaredTexts(tokens, "ADDRESS");
	const address = parseServerAddress(addresses[0] ?? "");
	if (address === undefined || addresses.size() !== 1) return "address";
	return isManagedForm(tokens) ? { key, address, further: furtherTexts(tokens) } : "edited";
}

/** The text with `from` replaced by `to`, or undefined where `from` is not its one key literal. */
export function replaceKeyLiteral(source: string, from: string, to: string): string | undefined {
	const facts = readSource(source);
	if (typeIs(facts, "string") || facts.key !== from || !isWellFormedKey(to)) return undefined;
	const [at] = source.find(from, 1, true);
	if (at === undefined) return undefined;
	return source.sub(1, at - 1) + to + source.sub(at + from.size());
}

/** The last characters of the first key in a text of any form, by which people know it. */
export function keyHint(text: string): string | undefined {
	const [key] = text.match(KEY_PATTERN);
	return typeIs(key, "string") ? key.sub(-KEY_HINT_CHARACTERS) : undefined;
}
