import { randomInt } from "node:crypto";

import { USER_CODE_ALPHABET, USER_CODE_CHARACTERS } from "../../shared/limits.ts";
import { foldText } from "../folded-text.ts";

const CODE = new RegExp(`^[${USER_CODE_ALPHABET}]{${USER_CODE_CHARACTERS}}$`);

/** Eight letters: 34.6 bits, enough for ten minutes and a few attempts (RFC 8628 §5.1). */
export function newUserCode(): string {
	let code = "";
	for (let i = 0; i < USER_CODE_CHARACTERS; i++)
		code += USER_CODE_ALPHABET.charAt(randomInt(USER_CODE_ALPHABET.length));
	return code;
}

/** Normalizes a typed code: in any case and width, with any dashes, spaces and quotes. Undefined if it is not well-formed. */
export function readUserCode(typed: string): string | undefined {
	const code = foldText(typed)
		.replaceAll(/[\s\p{P}]/gu, "")
		.toUpperCase();
	return CODE.test(code) ? code : undefined;
}

/** `XXXX-XXXX`, as shown in Studio and the dashboard. */
export function formatUserCode(code: string): string {
	return `${code.slice(0, USER_CODE_CHARACTERS / 2)}-${code.slice(USER_CODE_CHARACTERS / 2)}`;
}
