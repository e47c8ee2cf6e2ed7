import { pick } from "./random.ts";

/** Sources that look almost like the managed Script's: what the plugin takes for its own form must be nothing else. */

const OWN = "https://keys.example.com";
const CORE = "local run = options\nSTART(KEY, ADDRESS, run)\n";
const EARLIER = [
	"require(script.Client).start(KEY, ADDRESS, options)\n",
	"require(script.Client).start(KEY, ADDRESS)\n",
];

const TYPES = [
	"string",
	"any",
	"{ string }",
	"a.b",
	"a | b",
	"string?",
	"'x'",
	"{ [string]: any }",
	"{ apis: { string }? }",
];
const VALUES = [
	...['"x"', "'y'", "[[z]]", "`w`", "1", "0x1F", "1e3", ".5", "-1", "nil", "true", "{}", "{ 'a' }", "{ b = 'c' }"],
	...[
		'"https://evil.example"',
		`"${OWN}"`,
		'"https://\\101vil.example"',
		"`https://\\u{65}vil.example`",
		"[[\nhttps://x.example]]",
	],
];
/** Ends and beginnings of tokens, and code that does something. */
const PIECES = [
	...[
		" ",
		"\n",
		"\r",
		"\r\n",
		"\t",
		"\v",
		"\0",
		"\u00a0",
		"\ufeff",
		"--",
		"--[[",
		"]]",
		"[=[",
		"]=]",
		"\\",
		"\\z",
		"\\\n",
	],
	...[
		'"',
		"'",
		"`",
		"{",
		"}",
		"(",
		")",
		"[",
		"]",
		",",
		";",
		":",
		"::",
		".",
		"..",
		"...",
		"=",
		"-",
		"|",
		"&",
		"?",
		"<",
		">",
		"->",
	],
	...[
		"#",
		"1",
		"0x1",
		"1e3",
		".5",
		"1_",
		"1e",
		"0b1",
		"KEY",
		"ADDRESS",
		"options",
		"evil",
		"any",
		"string",
		"nil",
		"true",
	],
	...[
		"local ",
		"local x",
		" type T = ",
		"export ",
		"typeof",
		"not ",
		" and ",
		" or ",
		" :: any ",
		": string",
		"return ",
		"do ",
	],
	...[
		" end ",
		"function",
		"@native",
		"evil{KEY}",
		"evil'x'",
		"evil.x",
		"=KEY",
		"1e3..",
		"0x1..",
		"`{KEY}`",
		"\\u{65}",
		"\\101",
	],
];

/** The next source of a run. */
export function nearForm(random: () => number, key: string): string {
	const oneIn = (count: number, make: () => string) => (random() * count < 1 ? make() : "");
	const some = (count: number, make: () => string) =>
		Array.from({ length: 1 + Math.floor(random() * count) }, make).join("");
	const pieces = () => some(3, () => pick(random, PIECES) + oneIn(3, () => " "));
	const type = () => pick(random, TYPES) + oneIn(3, pieces);
	const typed = () => oneIn(3, () => `: ${type()}`);
	const cast = () => ` :: ${type()}`;
	const value = () => pick(random, VALUES) + oneIn(5, pieces) + oneIn(3, cast);
	const field = () =>
		pick(random, [value, () => `apis = ${value()}`, () => `["apis"] = ${value()}`, () => `apis = { ${value()} }`])();
	const declarations = [
		`local KEY${typed()} = "${key}"`,
		`local ADDRESS${typed()} = "${OWN}"`,
		`local options${typed()} = { ${field()}${oneIn(2, () => `, ${field()}`)} }${oneIn(2, cast)}`,
	];
	const first = Math.floor(random() * declarations.length);
	const head = [...declarations.slice(first), ...declarations.slice(0, first)];
	const between = () => pick(random, ["\n", "\n", "\n", "\r\n", ";", " ", "\r"]) + oneIn(12, pieces);
	const ending = random() * 6 < 1 ? pick(random, EARLIER) : CORE;
	return head.map((line) => line + between()).join("") + ending + oneIn(8, pieces);
}
