import { KEY_FORM } from "./keys-in";

const KEY = string.char(1);

/** Sources that only give a key away, with the quoted key replaced. */
const SOURCES = [
	`^return ?${KEY} ?;?$`,
	`^return ?{ ?[%a_][%w_]* ?= ?${KEY} ?[,;]? ?} ?;?$`,
	`^local [%a_][%w_]* ?= ?${KEY} ?;?$`,
];
const NAMED = `^local ([%a_][%w_]*) ?= ?${KEY} ?;? return ([%a_][%w_]*) ?;?$`;

/** Whether a text is a key and nothing else. */
export function isOnlyKey(text: string): boolean {
	return text.match(`^%s*${KEY_FORM}%s*$`)[0] !== undefined;
}

/** Whether a source only gives away one key: besides comments on lines of their own there is no other code in it. */
export function isOnlyKeySource(source: string): boolean {
	const lines = source.split("\n").filter((line) => line.match("^%s*%-%-")[0] === undefined);
	// A long comment may go on in the next lines, and Luau ends others at a lone carriage return too.
	if (source.find("--[", 1, true)[0] !== undefined || source.find("\r[^\n]")[0] !== undefined) return false;
	const [double, doubles] = lines.join("\n").gsub(`"${KEY_FORM}"`, KEY);
	const [single, singles] = double.gsub(`'${KEY_FORM}'`, KEY);
	if (doubles + singles !== 1) return false;
	const [code] = single.gsub("%s+", " ")[0].match("^ ?(.-) ?$") as LuaTuple<[string]>;
	if (SOURCES.some((form) => code.match(form)[0] !== undefined)) return true;
	const [declared, returned] = code.match(NAMED);
	return declared !== undefined && declared === returned;
}
