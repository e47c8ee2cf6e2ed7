import { isWellFormedKey, KEY_HINT_CHARACTERS } from "../../../shared/key-format.js";
import { coreText } from "./core-text";
import { luauTokens, Token } from "./luau-tokens";
import { declaredStrings, ManagedForm, managedForm, optionStrings } from "./managed-form";
import { readPlainTable } from "./plain-table";
import { parseServerAddress, ServerAddress } from "./server-address";

/** Renders, reads and edits the managed Script's source. */
export interface SourceFacts {
	key: string;
	address: ServerAddress;
	/** The strings in the options: servers that game code may send the key to. */
	apis: string[];
	/** `current`: this plugin's core; `older`: the form of an earlier version; `edited`: other code than Auxvyn writes. */
	form: ManagedForm["kind"];
	/** 1-based numbers of lines with code that is not Auxvyn's; empty unless edited. */
	foreignLines: number[];
}

/** `no-key`, `several-keys`: there is not exactly one key, in `local KEY = "…"`. `address`: so with `ADDRESS`. */
export type SourceProblem = "no-key" | "several-keys" | "address";

const KEY_PATTERN = `auxvyn_${string.rep("[0-9a-f]", 60)}`;

const DEFAULT_OPTIONS = [
	"{",
	'\t-- Your own servers that may receive the key, for example: "https://api.example.com"',
	"\tapis = {},",
	"}",
].join("\n");

/** Whether `text` is a table of plain values without a key, and nothing else. */
function isPlainOptions(text: string): boolean {
	const tokens = luauTokens(text);
	return text.match(KEY_PATTERN)[0] === undefined && readPlainTable(tokens, 0) === tokens.size();
}

/**
 * The source of a managed Script. `core` is the text of the plugin's own core, `options` the table of an earlier source.
 * Throws if the key, the address or the options must not be written into source.
 */
export function renderSource(key: string, address: ServerAddress, core: string, options = DEFAULT_OPTIONS): string {
	assert(isWellFormedKey(key), "only a well-formed key may be written into a Script");
	assert(parseServerAddress(address.text)?.text === address.text, "only a bare address may be written into a Script");
	assert(isPlainOptions(options), "only a table of plain values may be written into a Script");
	const head = [
		"-- Auxvyn: this Script holds this game's API key and sends it to the server below, and nowhere else.",
		"-- Keep it in ServerScriptService, where players cannot read it. Do not move it, copy it or share it:",
		"-- anyone who can read this Script can call the server as this game.",
		"-- To change the key, click Reconnect in the Auxvyn plugin.",
		`local KEY = "${key}"`,
		`local ADDRESS = "${address.text}"`,
		"",
		`local options = ${withLineFeeds(options)}`,
		"",
		"",
	].join("\n");
	return head + core;
}

function withLineFeeds(text: string): string {
	return text.gsub("\r\n", "\n")[0];
}

function countMatches(text: string, pattern: string): number {
	let count = 0;
	// A separate statement: roblox-ts 3.0.0 emits the arguments of a call in a loop head after the call.
	const matches = text.gmatch(pattern);
	for (const _ of matches) count += 1;
	return count;
}

let ownCore: { text: string; tokens: Token[] } | undefined;

function coreTokens(core: string): Token[] {
	if (ownCore?.text !== core) ownCore = { text: core, tokens: luauTokens(core) };
	return ownCore.tokens;
}

/** The tokens before `core` if `text` ends with it: reading the head alone is many times faster. */
function tokensBefore(core: string, text: string): Token[] | undefined {
	if (core === "" || text.sub(-core.size()) !== core) return undefined;
	const head = text.sub(1, -core.size() - 1);
	if (head.sub(-1) !== "\n") return undefined;
	const tokens = luauTokens(head);
	return tokens.some(({ kind }) => kind === "broken" || kind === "part") ? undefined : tokens;
}

/** With line ends as `\n`, which the tokens' positions count. */
function readForm(text: string, core: string): { tokens: Token[]; form: ManagedForm } {
	const head = tokensBefore(core, text);
	if (head !== undefined) {
		const form = managedForm(head, []);
		if (form.kind === "current") return { tokens: head, form };
	}
	const tokens = luauTokens(text);
	return { tokens, form: managedForm(tokens, coreTokens(core)) };
}

/**
 * The key, the address and the options, or why the key must not be replaced. Keys are counted everywhere, comments
 * included; everything else is read from code only. A byte order mark, line ends, spaces, comments, types and the options'
 * values are no edits.
 */
export function readSource(source: string, core = coreText()): SourceFacts | SourceProblem {
	const keys = countMatches(source, KEY_PATTERN);
	if (keys > 1) return "several-keys";
	if (keys === 0) return "no-key";
	const { tokens, form } = readForm(withLineFeeds(source), core);
	const [key] = declaredStrings(tokens, "KEY");
	if (key === undefined || key.match(`^${KEY_PATTERN}$`)[0] === undefined) return "no-key";
	const addresses = declaredStrings(tokens, "ADDRESS");
	const address = parseServerAddress(addresses[0] ?? "");
	if (address === undefined || addresses.size() !== 1) return "address";
	const apis = optionStrings(form.options ?? []);
	return { key, address, apis, form: form.kind, foreignLines: form.foreignLines };
}

/** The source with key `from` replaced by `to`, whatever its form; undefined unless `from` is its only key. */
export function replaceKeyLiteral(source: string, from: string, to: string): string | undefined {
	const facts = readSource(source);
	if (typeIs(facts, "string") || facts.key !== from || !isWellFormedKey(to)) return undefined;
	const [at] = source.find(from, 1, true);
	if (at === undefined) return undefined;
	return source.sub(1, at - 1) + to + source.sub(at + from.size());
}

/**
 * The source in this version's form, with its key, address and options; code that is not Auxvyn's is left out. Undefined
 * if it has no usable key, address or options.
 */
export function updateSource(source: string, core: string): string | undefined {
	const facts = readSource(source, core);
	if (typeIs(facts, "string") || !isWellFormedKey(facts.key)) return undefined;
	const text = withLineFeeds(source);
	const { options } = readForm(text, core).form;
	if (options === undefined && facts.form === "edited") return undefined;
	const [first, last] = [options?.[0], options?.[options.size() - 1]];
	if (first === undefined || last === undefined) return renderSource(facts.key, facts.address, core);
	return renderSource(facts.key, facts.address, core, text.sub(first.at, last.after - 1));
}

/** The hint (last characters) of the first key in any text. */
export function keyHint(text: string): string | undefined {
	const [key] = text.match(KEY_PATTERN);
	return typeIs(key, "string") ? key.sub(-KEY_HINT_CHARACTERS) : undefined;
}
