import type { FastifyRequest } from "fastify";

import { clientAddress } from "../../http/address.ts";
import type { Storage } from "../../storage/storage.ts";
import { PASSWORD_MAX_CHARACTERS } from "../passwords/check-password.ts";
import type { PasswordHash } from "../passwords/hashing.ts";
import { passwordHashOf } from "../passwords/passwords.store.ts";
import type { Attempts } from "./attempts.ts";
import type { EventNotes } from "./event-notes.ts";
import type { Proof } from "./proof.store.ts";
import { wrongPassword } from "./refusals.ts";
import type { FoundSession } from "./session.ts";

export interface ProofOptions {
	storage: Storage;
	attempts: Attempts;
	passwords: PasswordHash;
	events: EventNotes;
}

/** Verifies the password of a signed-in account. Wrong ones count as failed sign-in attempts. */
export function createProver({ storage, attempts, passwords, events }: ProofOptions) {
	/** The hash that the password matches; undefined if it is wrong. */
	async function verified(accountId: string, password: string, address: string): Promise<string | undefined> {
		const hash = await storage.read(passwordHashOf, { accountId });
		if (hash === undefined || password.length > PASSWORD_MAX_CHARACTERS) return undefined;
		const right = await attempts.limitHashing({ address, isKnown: true }, () => passwords.verify({ hash, password }));
		return right ? hash : undefined;
	}

	/** @throws ProblemError 403 `wrong_password`, 429, 503 */
	return async function prove(
		request: FastifyRequest,
		session: FoundSession,
		{ password, field = "password" }: { password: string; field?: string },
	): Promise<Proof> {
		const address = clientAddress(request);
		const { email } = session.account;
		const takeBack = attempts.beginProof({ email, address, sessionId: session.id });
		const hash = await verified(session.account.id, password, address).catch((error: unknown) => {
			takeBack();
			throw error;
		});
		if (hash === undefined) {
			await events.add(request, { accountId: session.account.id, kind: "wrong_password" });
			throw wrongPassword(field);
		}
		takeBack();
		return { sessionId: session.id, accountId: session.account.id, hash, field };
	};
}

export type Prover = ReturnType<typeof createProver>;
