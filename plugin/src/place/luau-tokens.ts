/** A piece of Luau that is neither a comment nor space between. */
export interface Token {
	/** `quoted`: in double or single quotes. `long`: in long brackets, or in backticks without an expression. */
	kind: "name" | "number" | "quoted" | "long" | "symbol";
	/** Of strings, what stands between the delimiters, escapes as they are written. */
	text: string;
}

interface Piece {
	/** Undefined for what is skipped. */
	token?: Token;
	/** Where the next one begins. */
	after: number;
}

const PLAIN: Array<[kind: Token["kind"], pattern: string]> = [
	["name", "^[%a_][%w_]*()"],
	["number", "^%d[%w_%.]*()"],
];

/** What is inside of long brackets that open at `at`, as `[[`, `[=[` and so on; undefined where none do. */
function longBracket(source: string, at: number): [text: string, after: number] | "unfinished" | undefined {
	const [level, from] = source.match("^%[(=*)%[()", at) as LuaTuple<[string?, number?]>;
	if (level === undefined || from === undefined) return undefined;
	const [stop, last] = source.find(`]${level}]`, from, true);
	if (stop === undefined || last === undefined) return "unfinished";
	return [source.sub(from, stop - 1), last + 1];
}

/** A string in quotes or backticks that opens at `at`; undefined where it does not end, or holds an expression. */
function shortString(source: string, at: number): Piece | undefined {
	const quote = source.sub(at, at);
	let position = at + 1;
	while (position <= source.size()) {
		const character = source.sub(position, position);
		if (character === quote) {
			return {
				token: { kind: quote === "`" ? "long" : "quoted", text: source.sub(at + 1, position - 1) },
				after: position + 1,
			};
		}
		if (character === "\n" || (quote === "`" && character === "{")) return undefined;
		if (character !== "\\") position += 1;
		else if (source.sub(position + 1, position + 1) !== "z") position += 2;
		else position = source.match("^%s*()", position + 2)[0] as number;
	}
	return undefined;
}

function comment(source: string, at: number): Piece | undefined {
	const long = longBracket(source, at + 2);
	if (long === "unfinished") return undefined;
	if (long !== undefined) return { after: long[1] };
	const [newline] = source.find("\n", at, true);
	return { after: newline ?? source.size() + 1 };
}

function pieceAt(source: string, at: number): Piece | undefined {
	const [space] = source.match("^[ \t\n]+()", at) as LuaTuple<[number?]>;
	if (space !== undefined) return { after: space };
	if (source.sub(at, at + 1) === "--") return comment(source, at);
	for (const [kind, pattern] of PLAIN) {
		const [after] = source.match(pattern, at) as LuaTuple<[number?]>;
		if (after !== undefined) return { token: { kind, text: source.sub(at, after - 1) }, after };
	}
	if (source.match("^[\"'`]", at)[0] !== undefined) return shortString(source, at);
	const long = longBracket(source, at);
	if (long === "unfinished") return undefined;
	if (long !== undefined) return { token: { kind: "long", text: long[0] }, after: long[1] };
	return { token: { kind: "symbol", text: source.sub(at, at) }, after: at + 1 };
}

/**
 * A Luau source's tokens, in order. Undefined where it cannot be read for certain: something has no end, a string is
 * computed, or a control character stands in it, since a lone carriage return ends a comment that seems to go on.
 */
export function luauTokens(source: string): Token[] | undefined {
	const [text] = source.gsub("\r\n", "\n");
	if (text.match("[^%C\t\n]")[0] !== undefined) return undefined;
	const tokens: Token[] = [];
	let at = 1;
	while (at <= text.size()) {
		const piece = pieceAt(text, at);
		if (piece === undefined) return undefined;
		if (piece.token !== undefined) tokens.push(piece.token);
		at = piece.after;
	}
	return tokens;
}
