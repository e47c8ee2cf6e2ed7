import type { FastifyRequest } from "fastify";

import type { Config } from "../../config.ts";
import type { Mailer } from "../../mail/mailer.ts";
import type { Storage } from "../../storage/storage.ts";
import type { PasswordHash } from "../passwords/hashing.ts";
import type { Attempts } from "./attempts.ts";
import type { Auth } from "./auth.ts";
import type { DelayedWork } from "./delayed-work.ts";
import type { EventNotes } from "./event-notes.ts";
import type { Prover } from "./proof.ts";
import type { FoundSession } from "./session.ts";
import type { Visitors } from "./visitors.ts";

/** Shared by the routes of accounts/. */
export interface AccountServices {
	config: Config;
	storage: Storage;
	auth: Auth;
	attempts: Attempts;
	visitors: Visitors;
	passwords: PasswordHash;
	prove: Prover;
	events: EventNotes;
	/** Runs well after the response. */
	delayed: DelayedWork;
	/** Undefined if mail is not configured. */
	mailer: Mailer | undefined;
	sessionOf(request: FastifyRequest): Promise<FoundSession | null>;
	/** @throws ProblemError 401 `no_session` */
	requireSession(request: FastifyRequest): Promise<FoundSession>;
}
