import type { Account } from "../../../shared/wire.ts";
import { isoTime } from "../../clock.ts";
import type { Database } from "../../storage/database.ts";
import { type Client, recordAccountEvent } from "../activity/account-events.store.ts";
import { deleteResets, setPassword } from "../passwords/passwords.store.ts";
import { type Proof, requireUnchanged } from "../sessions/proof.store.ts";
import { emailTaken } from "../sessions/refusals.ts";
import { deleteOtherSessions, type OwnSession, requireLiveSession } from "../sessions/sessions.store.ts";

interface ProvenChange {
	proof: Proof;
	client: Client;
}

/** @throws ProblemError as `requireLiveSession` */
export async function changeName(
	db: Database,
	{ accountId, sessionId, name }: OwnSession & { name: string },
): Promise<Account> {
	await requireLiveSession(db, { sessionId });
	return update(db, accountId, { name });
}

/**
 * Invalidates password reset links that were sent to the old address.
 * @throws ProblemError 422 `email_taken`, and as `requireUnchanged`
 */
export async function changeEmail(
	db: Database,
	{ proof, email, client }: ProvenChange & { email: string },
): Promise<Account> {
	await requireUnchanged(db, proof);
	const { accountId } = proof;
	const owner = await db
		.selectFrom("user")
		.select(["id", "name", "email"])
		.where("email", "=", email)
		.executeTakeFirst();
	if (owner?.id === accountId) return owner;
	if (owner !== undefined) throw emailTaken("Use another one.");
	await deleteResets(db, { accountId });
	await recordAccountEvent(db, { accountId, kind: "email_changed", client });
	return update(db, accountId, { email, emailVerified: 0 });
}

/** All other sessions of the account end. @throws ProblemError as `requireUnchanged` */
export async function changePassword(
	db: Database,
	{ proof, hash, client }: ProvenChange & { hash: string },
): Promise<void> {
	await requireUnchanged(db, proof);
	await setPassword(db, { accountId: proof.accountId, hash });
	await deleteOtherSessions(db, proof);
	await recordAccountEvent(db, { accountId: proof.accountId, kind: "password_changed", client });
}

async function update(
	db: Database,
	accountId: string,
	changed: { name: string } | { email: string; emailVerified: number },
): Promise<Account> {
	return db
		.updateTable("user")
		.set({ ...changed, updatedAt: isoTime(db.now) })
		.where("id", "=", accountId)
		.returning(["id", "name", "email"])
		.executeTakeFirstOrThrow();
}
