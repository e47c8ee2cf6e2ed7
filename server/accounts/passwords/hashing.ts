import { AsyncLocalStorage } from "node:async_hooks";

import { hashPassword, verifyPassword } from "better-auth/crypto";

import { ProblemError } from "../../errors/problem-error.ts";
import { createFairLine, type Visitor } from "../../http/fair-line.ts";

/** Each takes 32 MB and a thread of the pool that file reads share. */
const MAX_RUNNING = 2;
/** In each of several processes. */
const MAX_RUNNING_AMONG_PEERS = 1;
const MAX_WAITING = 64;
const KEPT_FOR_KNOWN = 16;

export interface PasswordHash {
	hash(password: string): Promise<string>;
	verify(given: { hash: string; password: string }): Promise<boolean>;
}

/** Better Auth's scrypt. Deliberately slow: 0.1 s of one core. */
export const scrypt: PasswordHash = { hash: hashPassword, verify: verifyPassword };

const visitor = new AsyncLocalStorage<Visitor>();
/** Work that no client asked for. */
const NO_VISITOR: Visitor = { address: "unknown", isKnown: true };

/** Runs work whose passwords are hashed in the name of `who`, even where Better Auth hashes them. */
export function hashingFor<T>(who: Visitor, work: () => Promise<T>): Promise<T> {
	return visitor.run(who, work);
}

/**
 * Hashes a few passwords at a time, so that a rush of sign-ins does not starve the rest of the server. Networks take
 * turns, so that a flood from some keeps out nobody else.
 * @throws ProblemError 503 `overloaded` if too many are waiting
 */
export function passwordHashing({ hash, verify }: PasswordHash = scrypt, hasPeers = false): PasswordHash {
	const line = createFairLine({
		maxRunning: hasPeers ? MAX_RUNNING_AMONG_PEERS : MAX_RUNNING,
		maxWaiting: MAX_WAITING,
		keptForKnown: KEPT_FOR_KNOWN,
		dropped: tooBusy,
	});
	const inTurn = <T>(work: () => Promise<T>) => line.inTurn(visitor.getStore() ?? NO_VISITOR, work);

	return {
		hash: (password) => inTurn(() => hash(password)),
		verify: (given) => inTurn(() => verify(given)),
	};
}

function tooBusy(): ProblemError {
	return new ProblemError(503, "overloaded", "Too many people are signing in right now. Try again in a moment.", {
		headers: { "Retry-After": "5" },
	});
}
