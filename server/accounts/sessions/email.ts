import { invalidField } from "../../errors/problem-error.ts";
import { containsKey } from "../../http/text.ts";

/** RFC 5321 §4.5.3.1.3 */
const EMAIL_MAX_CHARACTERS = 254;
/** No laxer than Better Auth at sign-in: a stored address must also be accepted there. */
const EMAIL = /^(?:[a-z0-9_'+-]+\.)*[a-z0-9_'+-]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/;

/**
 * An e-mail address as stored and looked up: trimmed, in lower case.
 * @throws ProblemError 400 naming the field `email`, never repeating the text
 */
export function cleanEmail(value: string): string {
	const email = value.trim().toLowerCase();
	if (containsKey(email))
		throw invalidField("email", "It contains an API key. Keys are secret: enter an e-mail address.");
	if (email.length > EMAIL_MAX_CHARACTERS) throw invalidField("email", "It is too long for an e-mail address.");
	if (!EMAIL.test(email)) throw invalidField("email", "This is not an e-mail address.");
	return email;
}
