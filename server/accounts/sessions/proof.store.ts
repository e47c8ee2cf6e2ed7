import type { Database } from "../../storage/database.ts";
import { passwordHashOf } from "../passwords/passwords.store.ts";
import { wrongPassword } from "./refusals.ts";
import { requireLiveSession } from "./sessions.store.ts";

/** Proof that the user of a session entered their password: the session, and the hash that matched. */
export interface Proof {
	sessionId: string;
	accountId: string;
	hash: string;
	/** The field that held the password. */
	field: string;
}

/**
 * Checks that the session is live and the password unchanged since it was verified. Call it first in each transaction
 * that needs the proof.
 * @throws ProblemError 401 `no_session`, 403 `wrong_password`
 */
export async function requireUnchanged(db: Database, { sessionId, accountId, hash, field }: Proof): Promise<void> {
	await requireLiveSession(db, { sessionId });
	if ((await passwordHashOf(db, { accountId })) !== hash) throw wrongPassword(field);
}
