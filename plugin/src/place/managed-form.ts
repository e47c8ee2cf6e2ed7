import { isEarlierCore } from "./earlier-versions";
import { luauTokens, Token } from "./luau-tokens";
import { isSymbol, readPlainTable, readType } from "./plain-table";

/**
 * The form of the managed Script: `local KEY = "…"`, `local ADDRESS = "…"`, `local options = {…}` with plain values, then
 * a text that this plugin or an earlier version wrote. Any other code might send the key elsewhere, and no static check
 * can rule that out.
 */
export interface ManagedForm {
	kind: "current" | "older" | "edited";
	/** Lines with code of none of Auxvyn's, 1-based and ascending. */
	foreignLines: number[];
	/** The tokens of the options' table, if they are plain values. */
	options?: Token[];
}

const NAMES = ["KEY", "ADDRESS", "options"] as const;
type DeclaredName = (typeof NAMES)[number];

interface Declaration {
	name: DeclaredName;
	/** 0-based indices of the tokens: of the first, of the value, and the one after the last. */
	from: number;
	value: number;
	after: number;
}

/** What the first versions wrote there, up to the options: they handed the key to a module. */
const EARLIER_START = "require(script.Client).start(KEY, ADDRESS";
const EARLIER = {
	start: luauTokens(EARLIER_START),
	ends: [")", ", options)"].map((rest) => luauTokens(EARLIER_START + rest)),
};

function declarationAt(tokens: Token[], from: number): Declaration | undefined {
	const named = tokens[from + 1];
	const name = NAMES.find((each) => named?.kind === "name" && named.text === each);
	if (name === undefined || tokens[from]?.text !== "local" || tokens[from]?.kind !== "name") return undefined;
	const typed = isSymbol(tokens[from + 2], ":");
	const equals = typed ? readType(tokens, from + 3) : from + 2;
	if (equals === undefined || !isSymbol(tokens[equals], "=")) return undefined;
	const value = equals + 1;
	const isText = name !== "options" && tokens[value]?.kind === "quoted";
	const after = name === "options" ? readPlainTable(tokens, value) : isText ? value + 1 : undefined;
	return after === undefined ? undefined : { name, from, value, after };
}

function declarationsIn(tokens: Token[]): Declaration[] {
	const found: Declaration[] = [];
	let at = 0;
	while (at < tokens.size()) {
		const declaration = declarationAt(tokens, at);
		if (declaration !== undefined) found.push(declaration);
		at = declaration?.after ?? at + 1;
	}
	return found;
}

/** The strings among the options' values. */
export function optionStrings(options: Token[]): string[] {
	const strings = options.filter(({ kind }, index) => {
		const isKey = options[index - 1]?.text === "[" && options[index + 1]?.text === "]";
		return (kind === "quoted" || kind === "long") && !isKey;
	});
	return strings.map(({ text }) => text);
}

/** Every string assigned by `local NAME = "…"`, anywhere in the code. */
export function declaredStrings(tokens: Token[], name: "KEY" | "ADDRESS"): string[] {
	const declared = declarationsIn(tokens).filter((each) => each.name === name);
	return declared.map(({ value }) => tokens[value]?.text ?? "");
}

const sameToken = (a: Token | undefined, b: Token | undefined) =>
	a !== undefined && b !== undefined && a.kind === b.kind && a.text === b.text;

/** What stands on each line, for comparison; the lines in order of their first token. */
function linesOf(tokens: Token[]): Map<number, string> {
	const lines = new Map<number, string>();
	for (const { line, kind, text } of tokens) lines.set(line, `${lines.get(line) ?? ""} ${kind}:${text}`);
	return lines;
}

/** The lines of `body` that make it differ from `expected`; undefined if nothing does. */
function differingLines(body: Token[], expected: Token[]): number[] | undefined {
	let start = 0;
	while (start < body.size() && sameToken(body[start], expected[start])) start += 1;
	if (start === body.size() && start === expected.size()) return undefined;
	const most = math.min(body.size(), expected.size()) - start;
	let ending = 0;
	while (ending < most && sameToken(body[body.size() - 1 - ending], expected[expected.size() - 1 - ending]))
		ending += 1;
	const own = new Set<string>();
	linesOf(expected).forEach((text) => own.add(text));
	const lines = linesOf(body);
	const differing = new Set<number>();
	for (let index = start; index < body.size() - ending; index++) {
		const line = body[index]?.line;
		if (line !== undefined && !own.has(lines.get(line) ?? "")) differing.add(line);
	}
	// Lines are missing, twice there, or in another order: the first one that is not where it belongs.
	const at = body[math.min(start, body.size() - 1)];
	return differing.isEmpty() && at !== undefined ? [at.line] : [...differing];
}

/** As `differingLines`, for whichever known text explains most of the body. */
function unknownLines(body: Token[], core: Token[]): number[] | undefined {
	let fewest = differingLines(body, core);
	for (const earlier of EARLIER.ends) {
		const lines = differingLines(body, earlier) ?? [];
		if (fewest !== undefined && lines.size() < fewest.size() && !lines.isEmpty()) fewest = lines;
	}
	return fewest;
}

/** Where the options stand in an ending of an earlier version: `named`, in the call, or nowhere; undefined in others. */
function earlierOptions(body: Token[]): "named" | "none" | Token[] | undefined {
	if (!EARLIER.start.every((token, index) => sameToken(body[index], token))) return undefined;
	const at = EARLIER.start.size();
	const rest = (from: number) =>
		body
			.filter((_, index) => index >= from)
			.map(({ text }) => text)
			.join(" ");
	if (isSymbol(body[at], ")") && body.size() === at + 1) return "none";
	if (isSymbol(body[at], ",") && rest(at) === ", options )") return "named";
	const after = isSymbol(body[at], ",") ? readPlainTable(body, at + 1) : undefined;
	if (after === undefined || rest(after) !== ")") return undefined;
	return body.filter((_, index) => index > at && index < after);
}

/** `core`: the tokens of what this version of the plugin writes after the options. */
export function managedForm(tokens: Token[], core: Token[]): ManagedForm {
	const declarations = declarationsIn(tokens);
	const head = NAMES.mapFiltered((name) => declarations.find((each) => each.name === name));
	const bodyFrom = head.reduce((latest, { after }) => math.max(latest, after), 0);
	const isDeclared = (index: number) => head.some(({ from, after }) => index >= from && index < after);
	const foreign = new Set<number>();
	tokens.forEach(({ line }, index) => {
		if (index < bodyFrom && !isDeclared(index)) foreign.add(line);
	});
	const body = tokens.filter((_, index) => index >= bodyFrom);
	const declared = head.find(({ name }) => name === "options");
	const earlier = earlierOptions(body);
	const hasOptions = declared !== undefined;
	const options = hasOptions
		? tokens.filter((_, index) => index >= declared.value && index < declared.after)
		: typeIs(earlier, "table")
			? earlier
			: undefined;
	const isDeclaredOnce = head.some(({ name }) => name === "KEY") && head.some(({ name }) => name === "ADDRESS");
	const fitsEarlier = isDeclaredOnce && earlier !== undefined && (earlier === "named") === hasOptions;
	const differing = unknownLines(body, core);
	const isWhole = foreign.isEmpty() && head.size() === 3;
	if (isWhole && differing === undefined) return { kind: "current", foreignLines: [], options };
	if (foreign.isEmpty() && fitsEarlier) return { kind: "older", foreignLines: [], options };
	if (isWhole && isEarlierCore(body)) return { kind: "older", foreignLines: [], options };
	for (const line of fitsEarlier ? [] : (differing ?? [])) foreign.add(line);
	if (foreign.isEmpty()) foreign.add(tokens[tokens.size() - 1]?.line ?? 1);
	return { kind: "edited", foreignLines: [...foreign].sort((a, b) => a < b), options };
}
