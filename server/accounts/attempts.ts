import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { createLimit } from "../http/limits.ts";
import { tooManyRequests } from "../http/problem.ts";

const WINDOW_SECONDS = 10 * 60;
const FAILURES_PER_ACCOUNT_AND_ADDRESS = 10;
const FAILURES_PER_ADDRESS = 300;
const SIGN_UPS_PER_ADDRESS = 60;

/** How often somebody may try. Attempts count when they begin, so that many at once gain nothing. */
export function createAttempts({ clock, config }: { clock: Clock; config: Config }) {
	const common = { windowSeconds: WINDOW_SECONDS, clock, scale: config.rateLimitScale };
	const account = createLimit({ most: FAILURES_PER_ACCOUNT_AND_ADDRESS, ...common });
	const address = createLimit({ most: FAILURES_PER_ADDRESS, ...common });
	const signUps = createLimit({ most: SIGN_UPS_PER_ADDRESS, ...common });

	return {
		/**
		 * Counts a failure in advance.
		 * @returns what takes it back once the password turned out to be right, or was never looked at
		 * @throws ProblemError 429
		 */
		beginSignIn(email: string, from: string): () => void {
			const person = `${from} ${email.toLowerCase()}`;
			const seconds = address.retryAfter(from) ?? account.retryAfter(person);
			if (seconds !== undefined) {
				throw tooManyRequests(seconds, "Too many failed attempts to sign in. Wait, then try again.");
			}
			address.hit(from);
			account.hit(person);
			return () => {
				address.giveBack(from);
				account.giveBack(person);
			};
		},

		/** @throws ProblemError 429 */
		beginSignUp(from: string): void {
			const seconds = signUps.take(from);
			if (seconds !== undefined)
				throw tooManyRequests(seconds, "Too many accounts were made from here. Wait, then try again.");
		},
	};
}

export type Attempts = ReturnType<typeof createAttempts>;
