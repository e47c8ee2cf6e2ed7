import type { FastifyRequest } from "fastify";

import type { Config } from "../../config.ts";
import type { Mailer } from "../../mail/mailer.ts";
import type { Storage } from "../../storage/storage.ts";
import type { PasswordHash } from "../passwords/hashing.ts";
import type { Attempts } from "./attempts.ts";
import type { Auth } from "./auth.ts";
import type { Prover } from "./proof.ts";
import type { FoundSession } from "./session.ts";

/** With "'s workspace" appended, still a valid workspace name. */
export const NAME_MAX_CODE_POINTS = 50;

/** What the routes of accounts/ share. */
export interface AccountServices {
	config: Config;
	storage: Storage;
	auth: Auth;
	attempts: Attempts;
	/** The same queue that Better Auth uses. */
	passwords: PasswordHash;
	prove: Prover;
	/** Undefined where mail is not configured. */
	mailer: Mailer | undefined;
	sessionOf(request: FastifyRequest): Promise<FoundSession | null>;
	/** @throws ProblemError 401 `no_session` */
	requireSession(request: FastifyRequest): Promise<FoundSession>;
}
