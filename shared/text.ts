import type { Character } from "./characters.js";

/**
 * The rule for every text that is stored and shown: labels, names, reported names. It runs in Node, in browsers and, compiled
 * by roblox-ts, in Studio, so it takes characters instead of a string.
 *
 * Forbidden: control characters, lone surrogates, line and paragraph separators, bidi controls, and invisible characters
 * (tag characters too, and with them the flags that consist of them). ZWJ and ZWNJ must be between visible characters. A
 * variation selector must follow a visible character and may end the text: ❤️ ends with one. A combining mark counts as part
 * of the character before it.
 */
export type TextFlaw = ForbiddenKind | "loose" | "unseen";

/** Not allowed anywhere in a text. */
export type ForbiddenKind = "control" | "direction" | "hidden";

export function forbiddenKind({ kind }: Character): ForbiddenKind | undefined {
	return kind === "control" || kind === "direction" || kind === "hidden" ? kind : undefined;
}

/**
 * The first thing wrong with a trimmed text: a forbidden character, a `loose` joiner or variation selector, or `unseen`:
 * nothing in it is visible.
 */
export function textFlaw(text: readonly Character[]): TextFlaw | undefined {
	let count = 0;
	let isSeen = false;
	for (const character of text) {
		const forbidden = forbiddenKind(character);
		if (forbidden !== undefined) return forbidden;
		count += 1;
		isSeen = isSeen || character.kind === "visible";
	}
	for (const _ of dropLoose(text)) count -= 1;
	if (count > 0) return "loose";
	return isSeen ? undefined : "unseen";
}

/** Any text without what the rule forbids, trimmed and cut as by `cutText`; empty if nothing visible is left. */
export function fitText(text: readonly Character[], max?: number): Character[] {
	const allowed = text.filter((character) => forbiddenKind(character) === undefined);
	const fitted = cutText(dropLoose(allowed), max);
	return textFlaw(fitted) === undefined ? fitted : [];
}

/** `text` without loose joiners and variation selectors. */
export function dropLoose(text: readonly Character[]): Character[] {
	const kept: Character[] = [];
	let before: "nothing" | "visible" | "selector" | "joiner" = "nothing";
	for (const character of text) {
		const { kind } = character;
		if (kind === "joiner") {
			if (before !== "visible" && before !== "selector") continue;
			before = "joiner";
		} else if (kind === "selector") {
			if (before !== "visible") continue;
			before = "selector";
		} else if (kind === "visible" || (kind === "mark" && before !== "nothing")) {
			before = "visible";
		} else {
			if (before === "joiner") kept.pop();
			before = "nothing";
		}
		kept.push(character);
	}
	if (before === "joiner") kept.pop();
	return kept;
}

/** The first `max` characters (all by default), trimmed and without a loose joiner at the end. */
export function cutText(text: readonly Character[], max?: number): Character[] {
	const kept: Character[] = [];
	let count = 0;
	for (const character of text) {
		if (count === max) break;
		if (count === 0 && character.kind === "space") continue;
		kept.push(character);
		count += 1;
	}
	while (isLooseEnd(kept[count - 1])) {
		kept.pop();
		count -= 1;
	}
	return kept;
}

function isLooseEnd(last: Character | undefined): boolean {
	return last?.kind === "space" || last?.kind === "joiner";
}
