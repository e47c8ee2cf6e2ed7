import type { FastifyRequest } from "fastify";

import type { Config } from "../config.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { Storage } from "../storage/storage.ts";
import type { Attempts } from "./attempts.ts";
import type { Auth } from "./auth.ts";
import type { PasswordHash } from "./password-hashing.ts";
import type { Prover } from "./proof.ts";
import type { FoundSession } from "./sessions.ts";

/** What the routes of accounts are made of. */
export interface AccountParts {
	config: Config;
	storage: Storage;
	auth: Auth;
	attempts: Attempts;
	/** In turns with Better Auth's own. Fails with `CarriedError`. */
	passwords: PasswordHash;
	prove: Prover;
	/** Undefined where none can be sent. */
	mailer: Mailer | undefined;
	/** How long a mail to set a password waits; one to three seconds if absent. */
	resetDelayMs: (() => number) | undefined;
	sessionOf(request: FastifyRequest): Promise<FoundSession | null>;
	/** @throws ProblemError 401 `no_session` */
	requireSession(request: FastifyRequest): Promise<FoundSession>;
}
