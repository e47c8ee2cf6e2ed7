import type { Config } from "../../config.ts";
import { StorageError } from "../../errors/storage-error.ts";
import { linkTokenHash, newLinkToken } from "../../link-token.ts";
import type { Storage } from "../../storage/storage.ts";
import { hasAccount } from "./first-account.store.ts";
import { createSetupToken } from "./setup.store.ts";

export interface SetupNoticeOptions {
	storage: Storage;
	config: Pick<Config, "publicUrl" | "setupToken" | "signUp">;
	/** When this process started, and the time now, both by the system clock. */
	started: { at: number; now: number };
}

/**
 * What the start prints while there is no account: how to create the first one. For the terminal only, never for a log:
 * it may contain a set-up token. Undefined if there is nothing to say.
 */
export async function setupNotice({ storage, config, started }: SetupNoticeOptions): Promise<string | undefined> {
	const { publicUrl, setupToken, signUp } = config;
	if (setupToken === undefined && signUp === "open") return undefined;
	const token = setupToken ?? newLinkToken();
	const request = { tokenHash: linkTokenHash(token), started: setupToken === undefined ? started : null };
	let outcome: Awaited<ReturnType<typeof createSetupToken>>;
	try {
		if (await storage.read(hasAccount, undefined)) return undefined;
		outcome = await storage.write(createSetupToken, request);
	} catch (error) {
		if (!(error instanceof StorageError)) throw error;
		return "No set-up link could be stored, because the database is busy or its disk is full. If there is no account yet, restart the server.";
	}
	if (outcome === "has_account") return undefined;
	if (outcome === "other_server") {
		return "There is no account yet: open the set-up link printed by the other server that started just now.";
	}
	if (setupToken !== undefined) {
		return `There is no account yet: create the first one at ${publicUrl}/setup#token=<AUXVYN_SETUP_TOKEN>, within 24 hours.`;
	}
	return `Create the first account, once, within 24 hours: ${setupLink(publicUrl, token)}`;
}

/** The token is in the URL fragment, which is sent to no server or proxy, nor as a referrer. */
function setupLink(publicUrl: string, token: string): string {
	return `${publicUrl}/setup#token=${token}`;
}
