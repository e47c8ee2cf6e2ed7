import { generateId } from "better-auth";

import { ACCOUNT_NAME_MAX_CODE_POINTS } from "../shared/limits.ts";
import { resetLink } from "./accounts/password-reset/reset-link.ts";
import { scrypt } from "./accounts/passwords/hashing.ts";
import { cleanEmail } from "./accounts/sessions/email.ts";
import { CommandError, runCommand, shownTime } from "./command.ts";
import { ProblemError } from "./errors/problem-error.ts";
import { linkTokenHash, newLinkToken } from "./link-token.ts";
import { createAccountWithReset } from "./people/sign-up.store.ts";

/**
 * `npm run create-account -- someone@example.com`: an account with a password that no one knows, and a link that sets
 * one. It works under every SIGN_UP, and for the first account.
 */
const USAGE = "Give the new account's e-mail address: npm run create-account -- someone@example.com";

await runCommand(USAGE, async (given, { storage, config }) => {
	const email = cleanEmail(given);
	const token = newLinkToken();
	const passwordHash = await scrypt.hash(newLinkToken());
	const account = { id: generateId(), credentialId: generateId(), name: nameFrom(email), email, passwordHash };
	const expiresAt = await storage
		.write(createAccountWithReset, { ...account, resetTokenHash: linkTokenHash(token) })
		.catch(explainTaken);
	return [
		`Created the account ${email}. Anyone with this link can set its password, once, until ${shownTime(expiresAt)}:`,
		`\n${resetLink(config.publicUrl, token)}\n`,
		`After that, npm run reset-password -- ${email} prints another.`,
	].join("\n");
});

/** A name to begin with, which its owner can change. */
function nameFrom(email: string): string {
	return Array.from(email.slice(0, email.lastIndexOf("@")))
		.slice(0, ACCOUNT_NAME_MAX_CODE_POINTS)
		.join("");
}

function explainTaken(error: unknown): never {
	if (!(error instanceof ProblemError && error.code === "email_taken")) throw error;
	throw new CommandError(
		"This e-mail address already has an account. For a link that sets its password: npm run reset-password -- <its e-mail address>",
	);
}
