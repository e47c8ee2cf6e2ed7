import { createReset } from "./accounts/password-reset/reset.store.ts";
import { resetLink } from "./accounts/password-reset/reset-link.ts";
import { CommandError, runCommand, shownTime } from "./command.ts";
import { linkTokenHash, newLinkToken } from "./link-token.ts";

/** `npm run reset-password -- someone@example.com` */
const USAGE = "Give the account's e-mail address: npm run reset-password -- someone@example.com";

await runCommand(USAGE, async (email, { storage, config }) => {
	const token = newLinkToken();
	const expiresAt = await storage.write(createReset, { email: email.toLowerCase(), tokenHash: linkTokenHash(token) });
	if (expiresAt === undefined) throw new CommandError("No account has this e-mail address. Check the spelling.");
	const link = resetLink(config.publicUrl, token);
	return `Anyone with this link can set a new password for ${email}, once, until ${shownTime(expiresAt)}:\n\n${link}\n`;
});
