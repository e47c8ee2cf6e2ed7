import { domainToASCII } from "node:url";

import { invalidField, ProblemError } from "../../errors/problem-error.ts";
import { containsKey } from "../../http/text.ts";

/** RFC 5321 §4.5.3.1 */
const LOCAL_PART_MAX_CHARACTERS = 64;
const EMAIL_MAX_CHARACTERS = 254;

/** RFC 5321 §4.1.2, `Dot-string`. */
const LOCAL_PART = /^[a-z0-9!#$%&\x27*+/=?^_\x60{|}~-]+(?:\.[a-z0-9!#$%&\x27*+/=?^_\x60{|}~-]+)*$/;
/** Letters of any script, and what IDNA2008 allows between them. `domainToASCII` would also decode `%`, for example. */
const WRITTEN_DOMAIN = /^[\p{L}\p{M}\p{N}\u{b7}\u{375}\u{5f3}\u{5f4}\u{30fb}\u{200c}\u{200d}.-]+$/u;
const ASCII_DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,57}[a-z0-9])$/;
/** What was accepted before this rule. */
const FORMER = /^(?:[a-z0-9_\x27+-]+\.)*[a-z0-9_\x27+-]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/;

/** White space and invisible characters, such as a zero-width space copied along. */
const AROUND = /^[\s\p{Default_Ignorable_Code_Point}]+|[\s\p{Default_Ignorable_Code_Point}]+$/gu;
const FULL_WIDTH = /[\u{ff01}-\u{ff5e}]/gu;
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * An e-mail address as it is stored: in lower case, without surrounding space, the domain in ASCII (IDNA). The same
 * mailbox is the same text, in full width, or with the domain in Unicode or in punycode. Local parts in quotes or with
 * letters outside ASCII are refused: mail servers and parsers disagree about them.
 * @throws ProblemError 400 naming the field `email`, never repeating the text
 */
export function cleanEmail(value: string): string {
	const email = value.replace(AROUND, "").replace(FULL_WIDTH, toHalfWidth);
	if (containsKey(email)) throw invalid("It contains an API key. Keys are secret: enter an e-mail address.");
	const at = email.lastIndexOf("@");
	const local = email.slice(0, Math.max(at, 0));
	if (local.startsWith('"')) throw invalid("Addresses with quotation marks do not work here. Use another one.");
	// Checked first: the lower case of some other letters is in ASCII.
	if (/\P{ASCII}/u.test(local)) {
		throw invalid("Only letters from a to z, digits and punctuation may come before the @. Use another address.");
	}
	const cleaned = `${local.toLowerCase()}@${asciiDomain(email.slice(at + 1))}`;
	if (cleaned.length > EMAIL_MAX_CHARACTERS || local.length > LOCAL_PART_MAX_CHARACTERS) {
		throw invalid("It is too long for an e-mail address.");
	}
	if (!LOCAL_PART.test(local.toLowerCase()) || cleaned.endsWith("@")) throw invalid("This is not an e-mail address.");
	return cleaned;
}

/**
 * The address of an existing account, which may be older than the rule above.
 * @throws ProblemError as `cleanEmail`
 */
export function knownEmail(value: string): string {
	try {
		return cleanEmail(value);
	} catch (error) {
		const former = value.trim().toLowerCase();
		if (error instanceof ProblemError && former.length <= EMAIL_MAX_CHARACTERS && FORMER.test(former)) return former;
		throw error;
	}
}

/** Empty if it is not the name of a host on the internet. */
function asciiDomain(written: string): string {
	const domain = written.replace(/[\u{3002}\u{ff61}]/gu, ".");
	if (!WRITTEN_DOMAIN.test(domain)) return "";
	const ascii = domainToASCII(domain);
	return ASCII_DOMAIN.test(ascii) ? ascii : "";
}

function toHalfWidth(character: string): string {
	return String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET);
}

function invalid(message: string): ProblemError {
	return invalidField("email", message);
}
