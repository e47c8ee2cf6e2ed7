import { Token } from "./luau-tokens";

/**
 * Reads tables of plain values: whatever stands in them, nothing runs. Positions are 0-based indices into the tokens, and
 * a reader returns the one after what it read, or undefined.
 */
const PLAIN_NAMES = new Set(["true", "false", "nil"]);
const PLAIN_KINDS = new Set<Token["kind"]>(["quoted", "long", "number"]);
const TYPE_SYMBOLS = new Set(["?", "|", "&", ":", ",", ";", ".", "[", "]"]);

const isSymbol = (token: Token | undefined, text: string) => token?.kind === "symbol" && token.text === text;

/** A type without parentheses, as after `:`. It ends before `=`, or before what ends a field. */
export function readType(tokens: Token[], from: number): number | undefined {
	let depth = 0;
	let at = from;
	for (;;) {
		const token = tokens[at];
		if (token === undefined) break;
		const ends = isSymbol(token, "=") || (depth === 0 && ["}", ",", ";"].some((text) => isSymbol(token, text)));
		if (ends && depth === 0) break;
		if (isSymbol(token, "{")) depth += 1;
		else if (isSymbol(token, "}")) depth -= 1;
		else if (token.kind !== "name" && token.kind !== "quoted") {
			if (token.kind !== "symbol" || !TYPE_SYMBOLS.has(token.text)) return undefined;
		}
		at += 1;
	}
	return at > from && depth === 0 ? at : undefined;
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
	const plain = at === from ? PLAIN_KINDS.has(token.kind) : token.kind === "number";
	if (!plain && !(at === from && token.kind === "name" && PLAIN_NAMES.has(token.text))) return undefined;
	return readCast(tokens, at + 1);
}

function readField(tokens: Token[], from: number): number | undefined {
	const token = tokens[from];
	if (token?.kind === "name" && isSymbol(tokens[from + 1], "=")) return readValue(tokens, from + 2);
	if (!isSymbol(token, "[")) return readValue(tokens, from);
	const isKeyed = PLAIN_KINDS.has(tokens[from + 1]?.kind ?? "name");
	if (!isKeyed || !isSymbol(tokens[from + 2], "]") || !isSymbol(tokens[from + 3], "=")) return undefined;
	return readValue(tokens, from + 4);
}

/** From the opening brace to after the closing one, and a type cast. */
export function readPlainTable(tokens: Token[], from: number): number | undefined {
	if (!isSymbol(tokens[from], "{")) return undefined;
	let at = from + 1;
	while (!isSymbol(tokens[at], "}")) {
		const after = readField(tokens, at);
		if (after === undefined) return undefined;
		if (isSymbol(tokens[after], "}")) at = after;
		else if (isSymbol(tokens[after], ",") || isSymbol(tokens[after], ";")) at = after + 1;
		else return undefined;
	}
	return readCast(tokens, at + 1);
}
