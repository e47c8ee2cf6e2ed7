import { hashPassword, verifyPassword } from "better-auth/crypto";

import { ProblemError } from "../../errors/problem-error.ts";

/** Each takes 32 MB and a thread of the pool that file reads share. */
const MAX_RUNNING = 2;
const MAX_WAITING = 64;

export interface PasswordHash {
	hash(password: string): Promise<string>;
	verify(given: { hash: string; password: string }): Promise<boolean>;
}

/** Better Auth's scrypt. Deliberately slow: 0.1 s of one core. */
export const scrypt: PasswordHash = { hash: hashPassword, verify: verifyPassword };

/**
 * Hashes a few passwords at a time, so that a rush of sign-ins does not starve the rest of the server.
 * @throws ProblemError 503 `overloaded` if too many are waiting
 */
export function passwordHashing({ hash, verify }: PasswordHash = scrypt): PasswordHash {
	const waiting: (() => void)[] = [];
	let running = 0;

	async function inTurn<T>(work: () => Promise<T>): Promise<T> {
		if (waiting.length >= MAX_WAITING) throw tooBusy();
		if (running >= MAX_RUNNING) await new Promise<void>((resolve) => waiting.push(resolve));
		else running += 1;
		try {
			return await work();
		} finally {
			// Hands the slot to the next in the queue, or frees it.
			const next = waiting.shift();
			if (next) next();
			else running -= 1;
		}
	}

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
