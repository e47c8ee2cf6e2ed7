import { Token } from "./luau-tokens";

/**
 * The code a managed Script may contain: the statements `renderSource` writes, plus an editable table of plain values.
 * Any other code might send the key elsewhere, and no static check can rule that out.
 */
const DECLARATIONS = '^local KEY = " local ADDRESS = " ';
const START = "require %( script %. Client %) %. start %( KEY , ADDRESS";
const FORMS = [
	`${DECLARATIONS}local options = (%b{}) ${START} , options %)$`,
	`${DECLARATIONS}${START} , (%b{}) %)$`,
	`${DECLARATIONS}${START} %)$`,
];

/** A token without its content, as the forms match it. */
function shapeOf(token: Token): string {
	if (token.kind === "quoted") return '"';
	if (token.kind === "long") return "[[";
	return token.kind === "number" ? "0" : token.text;
}

const PLAIN_VALUES = new Set(['"', "[[", "0", "true", "false", "nil"]);
const TABLE_SYMBOLS = new Set(["{", "}", "[", "]", "=", ",", ";"]);

/** Whether a table, given as shapes, holds only fields and plain values. */
function isPlainTable(text: string): boolean {
	const shapes = text.split(" ");
	return shapes.every((each, index) => {
		if (PLAIN_VALUES.has(each) || TABLE_SYMBOLS.has(each)) return true;
		const isField = each.match("^[%a_][%w_]*$")[0] !== undefined && shapes[index + 1] === "=";
		return isField && each !== "KEY" && each !== "ADDRESS";
	});
}

export function isManagedForm(tokens: Token[]): boolean {
	const shapes = tokens.map(shapeOf).join(" ");
	return FORMS.some((form) => {
		const [matched] = shapes.match(form);
		return matched !== undefined && (matched === shapes || isPlainTable(matched as string));
	});
}

/** Every string assigned by `local NAME = "…"`, anywhere in the code. */
export function declaredStrings(tokens: Token[], name: string): string[] {
	const strings: string[] = [];
	tokens.forEach((token, index) => {
		const [before, named, equals] = [tokens[index - 3], tokens[index - 2], tokens[index - 1]];
		if (token.kind !== "quoted" || equals?.text !== "=" || named?.kind !== "name" || named.text !== name) return;
		if (before?.kind === "name" && before.text === "local") strings.push(token.text);
	});
	return strings;
}

/** The strings in the options of a source in managed form: all those after the key and the address. */
export function optionStrings(tokens: Token[]): string[] {
	const strings = tokens.filter(({ kind }) => kind === "quoted" || kind === "long");
	return strings.filter((_, index) => index >= 2).map(({ text }) => text);
}
