import type { Account } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import { homeNetworkOf } from "../../http/networks.ts";
import { takeQuota } from "../../quotas/quotas.store.ts";
import type { Database } from "../../storage/database.ts";
import { rememberNetwork } from "../sessions/known-networks.store.ts";
import { emailTaken } from "../sessions/refusals.ts";

export interface NewAccount {
	id: string;
	/** The id of the row that holds the password. */
	credentialId: string;
	name: string;
	/** As `cleanEmail` returns it. */
	email: string;
	passwordHash: string;
	/** From which the person signed up, as `clientAddress` returns it; undefined if someone else made the account. */
	address?: string;
}

/** `verified`: whether the address is known to be the person's. */
export type InsertedAccount = NewAccount & { verified: boolean };

/**
 * Creates an account with a password, with the rows that Better Auth would write.
 * @throws ProblemError 422 `email_taken`, 429; StorageError `unique` if a concurrent sign-up took the address first
 */
export async function insertAccount(db: Database, account: InsertedAccount): Promise<Account> {
	const { id, credentialId, name, email, passwordHash, verified, address } = account;
	await requireUnusedEmail(db, { email });
	const now = isoTime(db.now);
	const times = { createdAt: now, updatedAt: now };
	await db
		.insertInto("user")
		.values({ id, name, email, emailVerified: verified ? 1 : 0, ...times })
		.execute();
	await db
		.insertInto("account")
		.values({ id: credentialId, accountId: id, providerId: "credential", userId: id, password: passwordHash, ...times })
		.execute();
	if (address !== undefined) {
		await takeQuota(db, { kind: "accounts", accountId: null, address });
		await rememberNetwork(db, { accountId: id, network: homeNetworkOf(address) });
	}
	return { id, name, email };
}

/** @throws ProblemError 422 `email_taken` */
export async function requireUnusedEmail(db: Database, { email }: { email: string }): Promise<void> {
	const user = await db.selectFrom("user").select("id").where("email", "=", email).executeTakeFirst();
	if (user !== undefined) throw emailTaken();
}
