import { existsSync } from "node:fs";

import { createReset } from "./accounts/password-reset/reset.store.ts";
import { resetLink } from "./accounts/password-reset/reset-link.ts";
import { systemClock } from "./clock.ts";
import { loadConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { StorageError } from "./errors/storage-error.ts";
import { storageProblem } from "./errors/storage-problem.ts";
import { linkTokenHash, newLinkToken } from "./link-token.ts";
import { databasePath } from "./storage/sqlite/open-database.ts";
import { openSqlite } from "./storage/sqlite/storage.ts";
import { stores } from "./stores.ts";

/** `npm run reset-password -- someone@example.com`. The server may be running or not. */
const USAGE = "Give the account's e-mail address: npm run reset-password -- someone@example.com";

/** A problem the administrator can fix; the message is one line. */
class CommandError extends Error {}

async function resetLinkFor(email: string): Promise<{ link: string; expiresAt: number }> {
	const config = loadConfig(process.env);
	const path = databasePath(config.dataDir);
	if (!existsSync(path)) {
		throw new CommandError(`There is no database at ${path}. Run this where the server runs, with the same DATA_DIR.`);
	}
	const token = newLinkToken();
	const storage = openSqlite({ path, clock: systemClock, stores });
	try {
		const request = { email: email.trim().toLowerCase(), tokenHash: linkTokenHash(token) };
		const expiresAt = await storage.write(createReset, request);
		if (expiresAt === undefined) {
			throw new CommandError("No account has this e-mail address. Check the spelling.");
		}
		return { link: resetLink(config.publicUrl, token), expiresAt };
	} finally {
		await storage.close();
	}
}

/** One line about a problem the administrator can fix; undefined for a bug. */
function explain(error: unknown): string | undefined {
	if (error instanceof CommandError || error instanceof ConfigError) return error.message;
	if (!(error instanceof StorageError)) return undefined;
	return error.code === "unusable" ? error.message : storageProblem(error)?.message;
}

try {
	const [email, ...more] = process.argv.slice(2);
	if (email === undefined || more.length > 0) throw new CommandError(USAGE);
	const { link, expiresAt } = await resetLinkFor(email);
	const until = new Date(expiresAt).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
	console.log(`Anyone with this link can set a new password for ${email}, once, until ${until}:\n\n${link}\n`);
} catch (error) {
	const explanation = explain(error);
	if (explanation === undefined) throw error;
	console.error(explanation);
	process.exitCode = 1;
}
