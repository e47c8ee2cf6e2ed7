import { dictionary } from "@zxcvbn-ts/language-common";

import { PASSWORD_MIN_CHARACTERS } from "../../../shared/limits.ts";

/** Almost 50,000, by how often they were found in leaks, without those that are too short anyway. All in lower case. */
const COMMON = new Set(dictionary["passwords-common"].filter(({ length }) => length >= PASSWORD_MIN_CHARACTERS));

/** True for the passwords that an attacker tries first, in any case (ASVS 5.0, 6.2.4). */
export function isCommonPassword(password: string): boolean {
	return COMMON.has(password.toLowerCase());
}
