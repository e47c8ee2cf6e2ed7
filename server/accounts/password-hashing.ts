import { hashPassword, verifyPassword } from "better-auth/crypto";

import { ProblemError } from "../errors/problem-error.ts";
import { CarriedError } from "./auth-errors.ts";

/** Each takes a thread of the pool that also reads files, and 32 MB. */
const AT_ONCE = 2;
const MAY_WAIT = 64;

export interface PasswordHash {
	hash(password: string): Promise<string>;
	verify(given: { hash: string; password: string }): Promise<boolean>;
}

/** Better Auth's own: 0.1 s of one core, as it has to be. */
export const scrypt: PasswordHash = { hash: hashPassword, verify: verifyPassword };

/** A few at a time: a rush of sign-ins must not take everything else down with it. */
export function passwordHashing({ hash, verify }: PasswordHash = scrypt): PasswordHash {
	const waiting: (() => void)[] = [];
	let running = 0;

	async function inTurn<T>(work: () => Promise<T>): Promise<T> {
		if (waiting.length >= MAY_WAIT) throw new CarriedError(tooBusy());
		if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
		else running += 1;
		try {
			return await work();
		} finally {
			// Hands its turn on, or gives it up.
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
	return new ProblemError(503, "overloaded", "Too many people are signing in just now. Try again in a moment.", {
		headers: { "Retry-After": "5" },
	});
}
