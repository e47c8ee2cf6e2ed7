import { generateId } from "better-auth";

import { deleteResets } from "../../server/accounts/passwords/passwords.store.ts";
import { linkTokenHash, newLinkToken } from "../../server/link-token.ts";
import { createAccountWithReset } from "../../server/people/sign-up.store.ts";
import type { Storage } from "../../server/storage/storage.ts";

/** Creates an account as an administrator's command would: where mail is configured, a sign-up waits for a link. */
export async function addAccount(
	storage: Storage,
	account: { name: string; email: string; passwordHash: string },
): Promise<void> {
	const ids = { id: generateId(), credentialId: generateId() };
	const resetTokenHash = linkTokenHash(newLinkToken());
	await storage.write(createAccountWithReset, { ...ids, ...account, resetTokenHash });
	await storage.write(deleteResets, { accountId: ids.id });
}
