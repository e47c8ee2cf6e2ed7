import { existsSync } from "node:fs";

import { systemClock } from "../clock.ts";
import { loadConfig } from "../config.ts";
import { ConfigError } from "../config-error.ts";
import { ProblemError } from "../http/problem.ts";
import { DatabaseError } from "../storage/open-database.ts";
import { databasePath, openStorage } from "../storage/storage.ts";
import { createResetLink, type ResetLink } from "./reset-tokens.ts";

/** `npm run reset-password -- someone@example.com`, whether or not the server runs. */
const USAGE = "Say who is to set a new password: npm run reset-password -- someone@example.com";

/** What whoever runs this server can mend: said in one line. */
class CommandError extends Error {}

async function resetLinkFor(email: string): Promise<ResetLink> {
	const config = loadConfig(process.env);
	const path = databasePath(config.dataDir);
	if (!existsSync(path)) {
		throw new CommandError(`There is no database at ${path}: run this where the server runs, with the same DATA_DIR.`);
	}
	const storage = openStorage(path, systemClock);
	try {
		return await storage.write((transaction) => {
			const find = transaction.db.prepare<[string], string>('SELECT id FROM "user" WHERE email = ?').pluck();
			const accountId = find.get(email.trim().toLowerCase());
			if (accountId === undefined)
				throw new CommandError("No account has this e-mail address. Check how it is written.");
			return createResetLink(transaction, accountId, config.publicUrl);
		});
	} finally {
		storage.close();
	}
}

try {
	const [email, ...more] = process.argv.slice(2);
	if (email === undefined || more.length > 0) throw new CommandError(USAGE);
	const { link, expiresAt } = await resetLinkFor(email);
	const until = new Date(expiresAt).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
	console.log(`Whoever opens this link can set a new password for ${email}, once, until ${until}:\n\n${link}\n`);
} catch (error) {
	const known = [CommandError, ConfigError, DatabaseError, ProblemError].some((kind) => error instanceof kind);
	if (!known) throw error;
	console.error((error as Error).message);
	process.exitCode = 1;
}
