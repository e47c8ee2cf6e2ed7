/** A Luau token; comments and whitespace are skipped. */
export interface Token {
	/** `quoted`: double or single quotes. `long`: long brackets, or backticks without interpolation. */
	kind: "name" | "number" | "quoted" | "long" | "symbol";
	/** For strings, the text between the delimiters, escapes unprocessed. */
	text: string;
}

interface Lexeme {
	/** Undefined for comments and whitespace. */
	token?: Token;
	/** Position just after it. */
	after: number;
}

const PLAIN: Array<[kind: Token["kind"], pattern: string]> = [
	["name", "^[%a_][%w_]*()"],
	["number", "^%d[%w_%.]*()"],
];

/** The content of long brackets (`[[`, `[=[`, …) opening at `at`; undefined if none do. */
function longBracket(source: string, at: number): [text: string, after: number] | "unterminated" | undefined {
	const [level, from] = source.match("^%[(=*)%[()", at) as LuaTuple<[string?, number?]>;
	if (level === undefined || from === undefined) return undefined;
	const [stop, last] = source.find(`]${level}]`, from, true);
	if (stop === undefined || last === undefined) return "unterminated";
	return [source.sub(from, stop - 1), last + 1];
}

/** A string in quotes or backticks opening at `at`; undefined if it is unterminated or interpolated. */
function shortString(source: string, at: number): Lexeme | undefined {
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

function comment(source: string, at: number): Lexeme | undefined {
	const long = longBracket(source, at + 2);
	if (long === "unterminated") return undefined;
	if (long !== undefined) return { after: long[1] };
	const [newline] = source.find("\n", at, true);
	return { after: newline ?? source.size() + 1 };
}

function lexemeAt(source: string, at: number): Lexeme | undefined {
	const [space] = source.match("^[ \t\n]+()", at) as LuaTuple<[number?]>;
	if (space !== undefined) return { after: space };
	if (source.sub(at, at + 1) === "--") return comment(source, at);
	for (const [kind, pattern] of PLAIN) {
		const [after] = source.match(pattern, at) as LuaTuple<[number?]>;
		if (after !== undefined) return { token: { kind, text: source.sub(at, after - 1) }, after };
	}
	if (source.match("^[\"'`]", at)[0] !== undefined) return shortString(source, at);
	const long = longBracket(source, at);
	if (long === "unterminated") return undefined;
	if (long !== undefined) return { token: { kind: "long", text: long[0] }, after: long[1] };
	return { token: { kind: "symbol", text: source.sub(at, at) }, after: at + 1 };
}

/**
 * The tokens of a Luau source. Undefined if it cannot be read with certainty: something is unterminated, a string is
 * interpolated, or it contains a control character (a lone carriage return ends a comment that looks longer).
 */
export function luauTokens(source: string): Token[] | undefined {
	const [text] = source.gsub("\r\n", "\n");
	if (text.match("[^%C\t\n]")[0] !== undefined) return undefined;
	const tokens: Token[] = [];
	let at = 1;
	while (at <= text.size()) {
		const lexeme = lexemeAt(text, at);
		if (lexeme === undefined) return undefined;
		if (lexeme.token !== undefined) tokens.push(lexeme.token);
		at = lexeme.after;
	}
	return tokens;
}
