import { hashPassword, verifyPassword } from "better-auth/crypto";

import { ProblemError } from "../../errors/problem-error.ts";

/** Each takes 32 MB and a thread of the pool that file reads share. */
const AT_ONCE = 2;
const MAY_WAIT = 64;

export interface PasswordHash {
	hash(password: string): Promise<string>;
	verify(given: { hash: string; password: string }): Promise<boolean>;
}

/** Better Auth's own: 0.1 s of one core, on purpose. */
export const scrypt: PasswordHash = { hash: hashPassword, verify: verifyPassword };

/**
 * Hashes a few passwords at a time, so that a rush of sign-ins does not starve the rest of the server.
 * @throws ProblemError 503 `overloaded` where too many are waiting
 */
export function passwordHashing({ hash, verify }: PasswordHash = scrypt): PasswordHash {
	const waiting: (() => void)[] = [];
	let running = 0;

	async function inTurn<T>(work: () => Promise<T>): Promise<T> {
		if (waiting.length >= MAY_WAIT) throw tooBusy();
		if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
		else running += 1;
		try {
			return await work();
		} finally {
			// The slot goes to the next in the queue, or is freed.
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
