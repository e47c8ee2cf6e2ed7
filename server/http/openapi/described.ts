import { Type } from "typebox";

/** Any but control characters, and not only spaces. */
const VISIBLE = String.raw`^[^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$`;
const EMAIL_MAX_CHARACTERS = 254;

/** Says more in the description than the validator checks: what it leaves is checked by hand, with better messages. */
function described(rules: object, description?: string) {
	return Type.String({ described: rules, ...(description !== undefined && { description }) });
}

/** A header's value. */
export const describedHeader = (description: string) => described({ pattern: "^[!-~]{1,255}$" }, description);

/** A text for `cleanText`. */
export function describedText(maxCodePoints: number) {
	return described(
		{ minLength: 1, maxLength: maxCodePoints, pattern: VISIBLE },
		"No control, invisible or direction-changing characters, and no key",
	);
}

/** An address for `cleanEmail`. */
export const describedEmail = described({ format: "email", maxLength: EMAIL_MAX_CHARACTERS });
