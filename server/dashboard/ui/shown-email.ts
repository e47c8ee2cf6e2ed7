/** Latin letters that no other script's look like: without the dotless i and the kra. */
const LATIN = /^[a-z0-9\u{df}-\u{f6}\u{f8}-\u{130}\u{132}-\u{137}\u{139}-\u{17e}-]+$/u;
const EAST_ASIAN =
	/^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u{30fc}a-z0-9-]+|[\p{Script=Hangul}0-9-]+)$/u;
/** Whole words of these look like Latin ones, so they are shown only below a top-level domain that is not Latin either. */
const LIKE_LATIN = /^(?:[\p{Script=Cyrillic}0-9-]+|[\p{Script=Greek}0-9-]+)$/u;

/**
 * An e-mail address for display: its domain in Unicode, unless it could be taken for another one. Text that runs from
 * right to left stays in ASCII.
 */
export function shownEmail(email: string): string {
	const at = email.lastIndexOf("@");
	const domain = email.slice(at + 1);
	try {
		const labels = domain.split(".").map((label) => (label.startsWith("xn--") ? decode(label.slice(4)) : label));
		const shown = labels.join(".");
		const isForeign = !/^[a-z]+$/.test(labels.at(-1) ?? "");
		const isClear = (label: string) =>
			LATIN.test(label) || EAST_ASIAN.test(label) || (isForeign && LIKE_LATIN.test(label));
		// Only what leads back to the same domain.
		if (labels.every(isClear) && new URL(`http://${shown}`).hostname === domain) return email.slice(0, at + 1) + shown;
	} catch {
		// Not punycode.
	}
	return email;
}

/** RFC 3492 §6.2. @throws RangeError if it is not punycode */
function decode(text: string): string {
	const end = text.lastIndexOf("-");
	const output = Array.from(text.slice(0, Math.max(end, 0)), (character) => character.codePointAt(0) ?? 0);
	let [code, bias, position] = [128, 72, 0];
	for (let index = end + 1; index < text.length;) {
		const before = position;
		let weight = 1;
		for (let k = 36; ; k += 36) {
			const digit = parseInt(text[index++] ?? "", 36);
			// Letters count from 0, digits from 26.
			const value = digit < 10 ? digit + 26 : digit - 10;
			const threshold = Math.min(Math.max(k - bias, 1), 26);
			position += value * weight;
			if (!(position <= 0x7fffffff)) throw new RangeError("Not punycode.");
			if (value < threshold) break;
			weight *= 36 - threshold;
		}
		const count = output.length + 1;
		bias = adapt(position - before, count, before === 0);
		code += Math.floor(position / count);
		position %= count;
		output.splice(position++, 0, code);
	}
	return String.fromCodePoint(...output);
}

/** RFC 3492 §6.1 */
function adapt(delta: number, count: number, isFirst: boolean): number {
	let left = Math.floor(delta / (isFirst ? 700 : 2));
	left += Math.floor(left / count);
	let k = 0;
	for (; left > 455; k += 36) left = Math.floor(left / 35);
	return k + Math.floor((36 * left) / (left + 38));
}
