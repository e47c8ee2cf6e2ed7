import { Token } from "./luau-tokens";

/**
 * Reads tables of plain values: whatever stands in them, nothing runs. Positions are 0-based indices into the tokens, and
 * a reader returns the one after what it read, or undefined.
 */
const QUOTE = string.char(34);
const HARMLESS_ESCAPE = `\\[\\nt'${QUOTE}]`;
const PLAIN_NAMES = new Set(["true", "false", "nil"]);

/**
 * A number, or a string that people read as Luau does. Of the escapes only those that no server's address has; in long
 * brackets Luau leaves out a line end at the beginning.
 */
function isPlainValue(token: Token | undefined): boolean {
	if (token?.kind === "number") return true;
	if (token?.kind !== "quoted" && token?.kind !== "long") return false;
	const [others] = token.text.gsub(HARMLESS_ESCAPE, "");
	return others.find("\\", 1, true)[0] === undefined && others.match("^[\r\n]")[0] === undefined;
}

export const isSymbol = (token: Token | undefined, text: string) => token?.kind === "symbol" && token.text === text;

/** From after the opening brace to after the closing one. */
function readFields(tokens: Token[], from: number, readOne: typeof readType): number | undefined {
	let at = from;
	while (!isSymbol(tokens[at], "}")) {
		const after = readOne(tokens, at);
		if (after === undefined) return undefined;
		if (isSymbol(tokens[after], "}")) at = after;
		else if (isSymbol(tokens[after], ",") || isSymbol(tokens[after], ";")) at = after + 1;
		else return undefined;
	}
	return at + 1;
}

function readFieldType(tokens: Token[], from: number): number | undefined {
	if (isSymbol(tokens[from], "[")) {
		const after = readType(tokens, from + 1);
		if (after === undefined || !isSymbol(tokens[after], "]") || !isSymbol(tokens[after + 1], ":")) return undefined;
		return readType(tokens, after + 2);
	}
	const isNamed = tokens[from]?.kind === "name" && isSymbol(tokens[from + 1], ":");
	return readType(tokens, isNamed ? from + 2 : from);
}

/** A name, which may have a module's before it, a string, or a table of types; each may be optional. */
function readSimpleType(tokens: Token[], from: number): number | undefined {
	const kind = tokens[from]?.kind;
	let after: number | undefined;
	if (isSymbol(tokens[from], "{")) after = readFields(tokens, from + 1, readFieldType);
	else if (kind === "quoted") after = from + 1;
	else if (kind === "name") {
		if (!isSymbol(tokens[from + 1], ".")) after = from + 1;
		else if (tokens[from + 2]?.kind === "name") after = from + 3;
	}
	while (after !== undefined && isSymbol(tokens[after], "?")) after += 1;
	return after;
}

/**
 * A type without parentheses, generics and `typeof`. What Luau would no longer read as the type must end it here too: code
 * may follow.
 */
export function readType(tokens: Token[], from: number): number | undefined {
	let after = readSimpleType(tokens, from);
	while (after !== undefined && (isSymbol(tokens[after], "|") || isSymbol(tokens[after], "&"))) {
		after = readSimpleType(tokens, after + 1);
	}
	return after;
}

function readCast(tokens: Token[], at: number): number | undefined {
	if (!isSymbol(tokens[at], ":")) return at;
	return isSymbol(tokens[at + 1], ":") ? readType(tokens, at + 2) : undefined;
}

function readValue(tokens: Token[], from: number): number | undefined {
	if (isSymbol(tokens[from], "{")) return readPlainTable(tokens, from);
	const at = isSymbol(tokens[from], "-") ? from + 1 : from;
	const token = tokens[at];
	if (token === undefined) return undefined;
	const plain = at === from ? isPlainValue(token) : token.kind === "number";
	if (!plain && !(at === from && token.kind === "name" && PLAIN_NAMES.has(token.text))) return undefined;
	return readCast(tokens, at + 1);
}

function readField(tokens: Token[], from: number): number | undefined {
	const token = tokens[from];
	if (token?.kind === "name" && isSymbol(tokens[from + 1], "=")) return readValue(tokens, from + 2);
	if (!isSymbol(token, "[")) return readValue(tokens, from);
	if (!isPlainValue(tokens[from + 1]) || !isSymbol(tokens[from + 2], "]") || !isSymbol(tokens[from + 3], "="))
		return undefined;
	return readValue(tokens, from + 4);
}

/** From the opening brace to after the closing one, and a type cast. */
export function readPlainTable(tokens: Token[], from: number): number | undefined {
	if (!isSymbol(tokens[from], "{")) return undefined;
	const after = readFields(tokens, from + 1, readField);
	return after === undefined ? undefined : readCast(tokens, after);
}
