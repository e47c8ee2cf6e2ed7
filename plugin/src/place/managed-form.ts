import { Token } from "./luau-tokens";

/**
 * What the managed Script's code may be: the statements that `renderSource` writes, with a table of plain values for
 * people to edit. Anything else could send the key elsewhere, and no reading of it proves that it does not.
 */
const DECLARATIONS = '^local KEY = " local ADDRESS = " ';
const START = "require %( script %. Client %) %. start %( KEY , ADDRESS";
const FORMS = [
	`${DECLARATIONS}local options = (%b{}) ${START} , options %)$`,
	`${DECLARATIONS}${START} , (%b{}) %)$`,
	`${DECLARATIONS}${START} %)$`,
];

/** A token as the forms know it: strings and numbers without what they hold. */
function sign(token: Token): string {
	if (token.kind === "quoted") return '"';
	if (token.kind === "long") return "[[";
	return token.kind === "number" ? "0" : token.text;
}

const PLAIN_VALUES = new Set(['"', "[[", "0", "true", "false", "nil"]);
const TABLE_SYMBOLS = new Set(["{", "}", "[", "]", "=", ",", ";"]);

/** Whether a table, in signs, holds fields and plain values, and computes nothing. */
function isPlainTable(text: string): boolean {
	const signs = text.split(" ");
	return signs.every((each, index) => {
		if (PLAIN_VALUES.has(each) || TABLE_SYMBOLS.has(each)) return true;
		const isField = each.match("^[%a_][%w_]*$")[0] !== undefined && signs[index + 1] === "=";
		return isField && each !== "KEY" && each !== "ADDRESS";
	});
}

export function isManagedForm(tokens: Token[]): boolean {
	const signs = tokens.map(sign).join(" ");
	return FORMS.some((form) => {
		const [matched] = signs.match(form);
		return matched !== undefined && (matched === signs || isPlainTable(matched as string));
	});
}

/** The texts that `local NAME = "…"` gives that name, wherever in the code it stands. */
export function declaredTexts(tokens: Token[], name: string): string[] {
	const texts: string[] = [];
	tokens.forEach((token, index) => {
		const [before, named, equals] = [tokens[index - 3], tokens[index - 2], tokens[index - 1]];
		if (token.kind !== "quoted" || equals?.text !== "=" || named?.kind !== "name" || named.text !== name) return;
		if (before?.kind === "name" && before.text === "local") texts.push(token.text);
	});
	return texts;
}

/** The texts in the code of the managed form behind the key and the address: those in its options. */
export function furtherTexts(tokens: Token[]): string[] {
	const texts = tokens.filter(({ kind }) => kind === "quoted" || kind === "long");
	return texts.filter((_, index) => index >= 2).map(({ text }) => text);
}
