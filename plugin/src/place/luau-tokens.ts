/** A Luau token; comments and whitespace are skipped. */
export interface Token {
	/**
	 * `quoted`: double or single quotes. `long`: long brackets, or backticks without interpolation. `part`: a part of an
	 * interpolated string. `broken`: a string or comment without an end, or a source with a NUL, where Luau stops; it is the
	 * last token.
	 */
	kind: "name" | "number" | "quoted" | "long" | "symbol" | "part" | "broken";
	/** For `quoted` and `long`, the text between the delimiters, escapes unprocessed. */
	text: string;
	/** 1-based. */
	line: number;
	/** Position of the first character, 1-based. */
	at: number;
	/** Position just after it. */
	after: number;
}

type Lexeme = Pick<Token, "kind" | "text" | "after">;

const BYTE_ORDER_MARK = string.char(0xef, 0xbb, 0xbf);
const SPACES = "^[ \t\r\n\v\f]+()";
const NAME = "^[%a_][%w_]*()";

/** The content of long brackets (`[[`, `[=[`, …) opening at `at`; undefined if none do. */
function longBracket(source: string, at: number): [text: string, after: number] | "unterminated" | undefined {
	const [level, from] = source.match("^%[(=*)%[()", at) as LuaTuple<[string?, number?]>;
	if (level === undefined || from === undefined) return undefined;
	const [stop, last] = source.find(`]${level}]`, from, true);
	if (stop === undefined || last === undefined) return "unterminated";
	return [source.sub(from, stop - 1), last + 1];
}

/** A string in quotes, or a part of one in backticks, from `from` to its `quote`; undefined if it does not end. */
function shortString(source: string, from: number, quote: string): [stop: number, mark: string] | undefined {
	let position = from;
	while (position <= source.size()) {
		const character = source.sub(position, position);
		if (character === quote || (quote === "`" && character === "{")) return [position, character];
		if (character === "\n" || character === "\r") return undefined;
		if (character !== "\\") position += 1;
		else if (source.sub(position + 1, position + 1) === "z")
			position = source.match("^%s*()", position + 2)[0] as number;
		// An escaped line end in a file with CRLF is both characters.
		else position += source.sub(position + 1, position + 2) === "\r\n" ? 3 : 2;
	}
	return undefined;
}

/** Position after the number at `at`, as Luau's lexer skips it; undefined if none begins there. */
function numberEnd(source: string, at: number): number | undefined {
	const [digits] = source.match("^%.?%d[%d_%.]*()", at) as LuaTuple<[number?]>;
	if (digits === undefined) return undefined;
	const [exponent] = source.match("^[eE][+-]?()", digits) as LuaTuple<[number?]>;
	return source.match("^[%w_]*()", exponent ?? digits)[0] as number;
}

/** Position after the comment at `at`; undefined if it does not end. */
function commentEnd(source: string, at: number): number | undefined {
	const long = longBracket(source, at + 2);
	if (long === "unterminated") return undefined;
	if (long !== undefined) return long[1];
	// Luau ends a comment at a lone carriage return too.
	return source.match("^[^\r\n]*()", at)[0] as number;
}

/** The next token at `at`, where neither space nor a comment begins; undefined if it does not end. */
function lexemeAt(source: string, at: number): Lexeme | undefined {
	const [name] = source.match(NAME, at) as LuaTuple<[number?]>;
	if (name !== undefined) return { kind: "name", text: source.sub(at, name - 1), after: name };
	const number = numberEnd(source, at);
	if (number !== undefined) return { kind: "number", text: source.sub(at, number - 1), after: number };
	const character = source.sub(at, at);
	if (character === '"' || character === "'") {
		const ended = shortString(source, at + 1, character);
		return ended && { kind: "quoted", text: source.sub(at + 1, ended[0] - 1), after: ended[0] + 1 };
	}
	const long = longBracket(source, at);
	if (long === "unterminated") return undefined;
	if (long !== undefined) return { kind: "long", text: long[0], after: long[1] };
	return { kind: "symbol", text: character, after: at + 1 };
}

/** From the backtick, or the brace that ends an interpolation, at `at`. `opens`: code follows, up to its brace. */
function backtickPart(source: string, at: number): { lexeme: Lexeme; opens: boolean } | undefined {
	const ended = shortString(source, at + 1, "`");
	if (ended === undefined) return undefined;
	const [stop, mark] = ended;
	const whole = source.sub(at, at) === "`" && mark === "`";
	const text = whole ? source.sub(at + 1, stop - 1) : source.sub(at, stop);
	return { lexeme: { kind: whole ? "long" : "part", text, after: stop + 1 }, opens: mark === "{" };
}

function lineCounter(source: string): (at: number) => number {
	let line = 1;
	let from = 1;
	return (at) => {
		const [, ends] = source.sub(from, at - 1).gsub("\n", "\n");
		line += ends;
		from = at;
		return line;
	};
}

/** The tokens of a Luau source. A byte order mark is skipped. */
export function luauTokens(source: string): Token[] {
	const tokens: Token[] = [];
	const lineOf = lineCounter(source);
	// Open braces inside each interpolation that `at` is in.
	const depths: number[] = [];
	let at = source.sub(1, 3) === BYTE_ORDER_MARK ? 4 : 1;
	const push = (lexeme: Lexeme) => {
		tokens.push({ ...lexeme, line: lineOf(at), at });
		at = lexeme.after;
	};
	while (at <= source.size()) {
		const [space] = source.match(SPACES, at) as LuaTuple<[number?]>;
		if (space !== undefined) {
			at = space;
			continue;
		}
		const two = source.sub(at, at + 1);
		const character = two.sub(1, 1);
		const depth = depths[depths.size() - 1];
		let lexeme: Lexeme | undefined;
		if (two === "--") {
			const ended = commentEnd(source, at);
			if (ended !== undefined) {
				at = ended;
				continue;
			}
		} else if (character === "`" || (character === "}" && depth === 0)) {
			if (character === "}") depths.pop();
			const part = backtickPart(source, at);
			if (part?.opens) depths.push(0);
			lexeme = part?.lexeme;
		} else {
			if (depth !== undefined && character === "{") depths[depths.size() - 1] = depth + 1;
			if (depth !== undefined && character === "}") depths[depths.size() - 1] = depth - 1;
			lexeme = lexemeAt(source, at);
		}
		push(lexeme ?? { kind: "broken", text: "", after: source.size() + 1 });
	}
	const [nul] = source.find("\0", 1, true);
	if (nul !== undefined) {
		tokens.push({ kind: "broken", text: "", line: lineCounter(source)(nul), at: nul, after: nul + 1 });
	}
	return tokens;
}
