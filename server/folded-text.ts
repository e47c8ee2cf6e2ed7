/** Single quotes, primes and accents that people and keyboards type for an apostrophe. */
const APOSTROPHES = /[\u2018-\u201b\u2032\u2035\u02b9-\u02bd\u0060\u00b4\uff40]/g;
const QUOTES = /[\u201c-\u201f\u2033\u2036\u301d\u301e]/g;
/** All dashes, and the minus sign. */
const DASHES = /[\p{Pd}\u2212]/gu;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Text as it is compared wherever people search or retype: two that read the same fold to the same. NFKC and case folding,
 * which make full-width letters and ligatures plain; one kind of dash and quote; runs of white space as one space; and
 * nothing that has no width. For comparing only, never for showing.
 */
export function foldText(text: string): string {
	return (
		text
			.replace(APOSTROPHES, "'")
			.replace(QUOTES, '"')
			.normalize("NFKC")
			.replace(IGNORABLE, "")
			// By upper case first, which makes “ß” and “SS” the same.
			.toUpperCase()
			.toLowerCase()
			// The dot that “İ” leaves on its small letter, and the final sigma, which depends on its place in the word.
			.replaceAll("i\u0307", "i")
			.replaceAll("ς", "σ")
			.normalize("NFKC")
			.replace(DASHES, "-")
			.replace(/\s+/g, " ")
			.trim()
	);
}
