/**
 * A GLOB that finds `text` anywhere, in any case: unlike LIKE it can be told of letters beyond ASCII.
 * https://www.sqlite.org/lang_expr.html#the_like_glob_regexp_match_and_extract_operators
 */
export function patternFor(text: string): string {
	return `*${[...text].map(either).join("")}*`;
}

function either(character: string): string {
	if ("*?[".includes(character)) return `[${character}]`;
	const cases = [character, character.toLowerCase(), character.toUpperCase()].filter((each) => [...each].length === 1);
	const different = [...new Set(cases)];
	return different.length === 1 ? character : `[${different.join("")}]`;
}
