import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { tooManyRequests } from "../../errors/problem-error.ts";
import { createLimit } from "../../http/limits.ts";

const WINDOW_SECONDS = 10 * 60;
const FAILURES_PER_ACCOUNT_AND_ADDRESS = 10;
const FAILURES_PER_ADDRESS = 300;
const SIGN_UPS_PER_ADDRESS = 60;
const RESET_MAILS_PER_EMAIL = 5;
const RESET_MAILS_PER_ADDRESS = 30;
const RESETS_PER_ADDRESS = 30;
/** The old address gets a mail for each. */
const EMAIL_CHANGES_PER_ACCOUNT = 5;
/** Passwords that may be looked at, or wait for it, at the same moment: hashing is slow, and everybody stands in one line. */
const AT_ONCE_PER_ADDRESS = 8;

/** How often somebody may try. Attempts count when they begin, so that many at once gain nothing. */
export function createAttempts({ clock, config }: { clock: Clock; config: Config }) {
	const common = { windowSeconds: WINDOW_SECONDS, clock, scale: config.rateLimitScale };
	const account = createLimit({ most: FAILURES_PER_ACCOUNT_AND_ADDRESS, ...common });
	const address = createLimit({ most: FAILURES_PER_ADDRESS, ...common });
	const underWay = new Map<string, number>();
	const signUps = createLimit({ most: SIGN_UPS_PER_ADDRESS, ...common });
	const mailsToEmail = createLimit({ most: RESET_MAILS_PER_EMAIL, ...common });
	const mailsFromAddress = createLimit({ most: RESET_MAILS_PER_ADDRESS, ...common });
	const resets = createLimit({ most: RESETS_PER_ADDRESS, ...common });
	const emailChanges = createLimit({ most: EMAIL_CHANGES_PER_ACCOUNT, ...common });

	return {
		/**
		 * Does what needs a password hashed.
		 * @throws ProblemError 429 where one address asks for too many at once
		 */
		async oneOfFew<T>(from: string, work: () => Promise<T>): Promise<T> {
			const others = underWay.get(from) ?? 0;
			if (config.rateLimitScale > 0 && others >= AT_ONCE_PER_ADDRESS) {
				throw tooManyRequests(1, "Too many people are signing in from here at once. Try again in a moment.");
			}
			underWay.set(from, others + 1);
			try {
				return await work();
			} finally {
				const left = (underWay.get(from) ?? 1) - 1;
				if (left === 0) underWay.delete(from);
				else underWay.set(from, left);
			}
		},

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

		/** Counts for unknown addresses, too. @throws ProblemError 429 */
		beginResetMail(email: string, from: string): void {
			const seconds = mailsFromAddress.retryAfter(from) ?? mailsToEmail.retryAfter(email);
			if (seconds !== undefined) {
				throw tooManyRequests(seconds, "Too many such mails were asked for. Look for the last one, or wait.");
			}
			mailsFromAddress.hit(from);
			mailsToEmail.hit(email);
		},

		/** @throws ProblemError 429 */
		beginReset(from: string): void {
			const seconds = resets.take(from);
			if (seconds !== undefined) throw tooManyRequests(seconds, "Too many tries from here. Wait, then try again.");
		},

		/** After a new password was set: it may be tried, however many failures there were before. */
		forgive(email: string, from: string): void {
			account.forget(`${from} ${email}`);
		},

		/** @throws ProblemError 429 */
		beginEmailChange(accountId: string): void {
			const seconds = emailChanges.take(accountId);
			if (seconds !== undefined) {
				throw tooManyRequests(seconds, "The e-mail address was changed often just now. Wait, then try again.");
			}
		},
	};
}

export type Attempts = ReturnType<typeof createAttempts>;
