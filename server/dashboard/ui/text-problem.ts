import { type Character, characterOf } from "../../../shared/characters.ts";
import {
	ACCOUNT_NAME_MAX_CODE_POINTS,
	BACKEND_NAME_MAX_CODE_POINTS,
	LABEL_MAX_CODE_POINTS,
	WORKSPACE_NAME_MAX_CODE_POINTS,
} from "../../../shared/limits.ts";
import { type TextFlaw, textFlaw } from "../../../shared/text.ts";

/** In either case, like on the server. */
const KEY = /auxvyn_[0-9a-f]{60}/i;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}]/gu;

const KINDS = {
	label: {
		maxCodePoints: LABEL_MAX_CODE_POINTS,
		missing: "Give the key a label, so that you can recognise it later.",
		secret: "This contains a key. Labels are not secret: choose another one.",
	},
	"account name": {
		maxCodePoints: ACCOUNT_NAME_MAX_CODE_POINTS,
		missing: "Enter the name others will see.",
		secret: "This contains a key. Names are not secret: choose another one.",
	},
	"workspace name": {
		maxCodePoints: WORKSPACE_NAME_MAX_CODE_POINTS,
		missing: "Enter a name, for example your studio’s.",
		secret: "This contains a key. Names are not secret: choose another one.",
	},
	"backend name": {
		maxCodePoints: BACKEND_NAME_MAX_CODE_POINTS,
		missing: "Give the backend a name, so that you can recognise it later.",
		secret: "This contains a key. Names are not secret: choose another one.",
	},
};

const ADVICE: Record<Exclude<TextFlaw, "unseen">, string> = {
	control: "Remove the line breaks and control characters.",
	direction: "Remove the characters that change the text’s direction.",
	hidden: "Remove the invisible characters, or type it again.",
	loose: "Remove the invisible characters, or type it again.",
};

export type StoredText = keyof typeof KINDS;

/** Why the server would refuse a text, for the user. */
export function textProblem(kind: StoredText, text: string): string | undefined {
	const { maxCodePoints, missing, secret } = KINDS[kind];
	const trimmed = text.trim();
	const characters = charactersOf(trimmed);
	const flaw = textFlaw(characters);
	if (flaw === "unseen") return missing;
	if (flaw !== undefined) return ADVICE[flaw];
	if (containsKey(trimmed)) return secret;
	return characters.length > maxCodePoints ? `Use at most ${maxCodePoints} characters.` : undefined;
}

export function containsKey(text: string): boolean {
	return KEY.test(text.replace(INVISIBLE, ""));
}

export function charactersOf(text: string): Character[] {
	return Array.from(text, (character) => characterOf(character.codePointAt(0) ?? 0));
}
