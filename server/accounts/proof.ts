import type { FastifyRequest } from "fastify";

import { clientAddress } from "../http/address.ts";
import type { Storage } from "../storage/storage.ts";
import type { Attempts } from "./attempts.ts";
import { PASSWORD_MAX_CHARACTERS } from "./auth.ts";
import { fromAuthError } from "./auth-errors.ts";
import { passwordHashOf, type Proof, wrongPassword } from "./credentials.ts";
import type { PasswordHash } from "./password-hashing.ts";
import type { FoundSession } from "./sessions.ts";

export interface ProofOptions {
	storage: Storage;
	attempts: Attempts;
	passwords: PasswordHash;
}

/** What asks once more for the password, of whoever has a session. Wrong ones count like those at sign-in. */
export function createProver({ storage, attempts, passwords }: ProofOptions) {
	/** @throws ProblemError 403 `wrong_password`, 429, 503 */
	return async function prove(
		request: FastifyRequest,
		session: FoundSession,
		{ password, field = "password" }: { password: string; field?: string },
	): Promise<Proof> {
		const from = clientAddress(request);
		const takeBack = attempts.beginSignIn(session.account.email, from);
		const hash = passwordHashOf(storage.db, session.account.id);
		if (hash === undefined || password.length > PASSWORD_MAX_CHARACTERS) throw wrongPassword(field);
		let right: boolean;
		try {
			right = await attempts.oneOfFew(from, () => passwords.verify({ hash, password }));
		} catch (error) {
			takeBack();
			throw fromAuthError(error);
		}
		if (!right) throw wrongPassword(field);
		takeBack();
		return { session, hash, field };
	};
}

export type Prover = ReturnType<typeof createProver>;
