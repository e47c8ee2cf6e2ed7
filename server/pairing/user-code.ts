import { randomInt } from "node:crypto";

import { USER_CODE_ALPHABET, USER_CODE_CHARACTERS } from "../../shared/limits.ts";

const CODE = new RegExp(`^[${USER_CODE_ALPHABET}]{${USER_CODE_CHARACTERS}}$`);

/** Eight letters: 34.6 bits, enough for ten minutes and a few attempts (RFC 8628 §5.1). */
export function newUserCode(): string {
	let code = "";
	for (let i = 0; i < USER_CODE_CHARACTERS; i++)
		code += USER_CODE_ALPHABET.charAt(randomInt(USER_CODE_ALPHABET.length));
	return code;
}

/** Normalizes a typed code: any case, with or without dash and spaces. Undefined if it is not well-formed. */
export function readUserCode(typed: string): string | undefined {
	const code = typed.replaceAll(/[\s\p{Pd}_.]/gu, "").toUpperCase();
	return CODE.test(code) ? code : undefined;
}

/** `XXXX-XXXX`, as shown in Studio and the dashboard. */
export function formatUserCode(code: string): string {
	return `${code.slice(0, USER_CODE_CHARACTERS / 2)}-${code.slice(USER_CODE_CHARACTERS / 2)}`;
}
