import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { tooManyRequests } from "../../errors/problem-error.ts";
import type { Visitor } from "../../http/fair-line.ts";
import { createLimit, type Limit } from "../../http/limits.ts";
import { createNetworkLimit } from "../../http/network-limits.ts";
import type { Peers } from "../../http/peers.ts";
import { hashingFor } from "../passwords/hashing.ts";
import { createPace } from "./pace.ts";
import type { SigningIn } from "./visitors.ts";

const WINDOW_SECONDS = 10 * 60;
const FAILURES_PER_ACCOUNT_AND_ADDRESS = 10;
const FAILURES_PER_DEVICE = 10;
/** Not counted by the address. */
const FREE_FAILURES_PER_DEVICE = 5;
/** By devices that an account knows. Further ones are taken for strangers. */
const DEVICE_FAILURES_PER_ACCOUNT = 30;
const FAILURES_PER_ADDRESS = 300;
const SIGN_UPS_PER_ADDRESS = 60;
const RESET_MAILS_PER_EMAIL = 5;
const RESET_MAILS_PER_ADDRESS = 30;
const RESETS_PER_ADDRESS = 30;
/** Set-up and reset links that are opened. */
const LOOKS_PER_ADDRESS = 30;
/** The old address gets a mail for each. */
const EMAIL_CHANGES_PER_ACCOUNT = 5;
/** Passwords being hashed or queued at once. Hashing is slow, and all clients share one queue. */
const MAX_HASHING_PER_ADDRESS = 8;

const SLOWED_DOWN =
	"Someone keeps trying wrong passwords for this account, so sign-ins from new devices are slowed down. Try again in a few minutes, use a browser in which you signed in before, or reset your password.";

export interface AttemptsOptions {
	clock: Clock;
	config: Config;
	peers: Peers;
}

/** Limits on attempts. Each counts when it begins, so that many in parallel gain nothing. */
export function createAttempts({ clock, config, peers }: AttemptsOptions) {
	const common = { windowSeconds: WINDOW_SECONDS, clock, peers, scale: config.rateLimitScale };
	const accountFailures = createNetworkLimit({
		name: "failures by account and address",
		max: FAILURES_PER_ACCOUNT_AND_ADDRESS,
		...common,
	});
	const addressFailures = createNetworkLimit({ name: "failures by address", max: FAILURES_PER_ADDRESS, ...common });
	const deviceFailures = createLimit({ name: "failures by device", max: FAILURES_PER_DEVICE, ...common });
	const freeDeviceFailures = createLimit({ name: "free failures by device", max: FREE_FAILURES_PER_DEVICE, ...common });
	const accountDeviceFailures = createLimit({
		name: "device failures by account",
		max: DEVICE_FAILURES_PER_ACCOUNT,
		...common,
	});
	const pace = createPace({ name: "failures by guesser", ...common });
	const hashing = new Map<string, number>();
	const signUps = createNetworkLimit({ name: "sign-ups", max: SIGN_UPS_PER_ADDRESS, ...common });
	const mailsToEmail = createLimit({ name: "reset mails to an address", max: RESET_MAILS_PER_EMAIL, ...common });
	const signUpMailsToEmail = createLimit({
		name: "sign-up mails to an address",
		max: RESET_MAILS_PER_EMAIL,
		...common,
	});
	const mailsFromAddress = createNetworkLimit({ name: "mails by client", max: RESET_MAILS_PER_ADDRESS, ...common });
	const resets = createNetworkLimit({ name: "resets", max: RESETS_PER_ADDRESS, ...common });
	const looks = createNetworkLimit({ name: "links opened", max: LOOKS_PER_ADDRESS, ...common });
	const emailChanges = createLimit({ name: "changes of address", max: EMAIL_CHANGES_PER_ACCOUNT, ...common });

	/** The address's passwords in progress. @throws ProblemError 429 if there is no room for one more */
	function requireHashing(from: string): number {
		const others = hashing.get(from) ?? 0;
		if (config.rateLimitScale > 0 && others >= MAX_HASHING_PER_ADDRESS) {
			throw tooManyRequests(1, "Too many people are signing in from here at once. Try again in a moment.");
		}
		return others;
	}

	/** @throws ProblemError 429 */
	function beginMail(toEmail: Limit, key: string, from: string): void {
		const seconds = mailsFromAddress.retryAfter(from) ?? toEmail.retryAfter(key);
		if (seconds !== undefined) {
			throw tooManyRequests(seconds, "Too many e-mails were requested. Check your inbox, or wait and try again.");
		}
		mailsFromAddress.hit(from);
		toEmail.hit(key);
	}

	return {
		/**
		 * Runs work that hashes a password.
		 * @throws ProblemError 429 if the address has too many in progress
		 */
		async limitHashing<T>(visitor: Visitor, work: () => Promise<T>): Promise<T> {
			const from = visitor.address;
			hashing.set(from, requireHashing(from) + 1);
			try {
				return await hashingFor(visitor, work);
			} finally {
				const left = (hashing.get(from) ?? 1) - 1;
				if (left === 0) hashing.delete(from);
				else hashing.set(from, left);
			}
		},

		/**
		 * Counts a failure up front. Guesses at an account are slowed down wherever they come from. Devices and networks
		 * from which its owner signed in before are counted for themselves, so that others' guesses do not keep them out. Of
		 * devices that goes for a few failures each, and for so many of an account's together: a device's cookie may be
		 * stolen, and anyone who knew the password could have collected any number.
		 * @returns a function that takes it back if the password was right, or was never checked
		 * @throws ProblemError 429
		 */
		beginSignIn({ email, address, knownBy }: Pick<SigningIn, "email" | "address" | "knownBy">): () => void {
			const areDevicesUsedUp = accountDeviceFailures.retryAfter(email) !== undefined;
			const device = knownBy.device === undefined || areDevicesUsedUp ? undefined : `device ${knownBy.device}`;
			const countsAddress = device === undefined || freeDeviceFailures.retryAfter(device) !== undefined;
			const guesser = device ?? `account ${email} ${knownBy.network ?? ""}`;
			const seconds =
				(device === undefined ? undefined : deviceFailures.retryAfter(device)) ??
				(countsAddress
					? (addressFailures.retryAfter(address) ?? accountFailures.retryAfter(address, email))
					: undefined);
			if (seconds !== undefined) {
				throw tooManyRequests(seconds, "Too many failed sign-in attempts. Wait, then try again.");
			}
			const pause = pace.retryAfter(guesser);
			if (pause !== undefined) throw tooManyRequests(pause, SLOWED_DOWN);
			// Before anything is counted: what is refused here costs the client nothing.
			requireHashing(address);
			const count = (change: "hit" | "giveBack"): void => {
				if (countsAddress) {
					addressFailures[change](address);
					accountFailures[change](address, email);
				}
				if (device !== undefined) {
					deviceFailures[change](device);
					freeDeviceFailures[change](device);
					accountDeviceFailures[change](email);
				}
				pace[change](guesser);
			};
			count("hit");
			return () => count("giveBack");
		},

		/** The same for the password of a signed-in account, which others' guesses do not slow down either. */
		beginProof({ email, address, sessionId }: { email: string; address: string; sessionId: string }): () => void {
			return this.beginSignIn({ email, address, knownBy: { network: `session ${sessionId}` } });
		},

		/** @throws ProblemError 429 */
		beginSignUp(from: string): void {
			const seconds = signUps.take(from);
			if (seconds !== undefined)
				throw tooManyRequests(seconds, "Too many accounts were created from here. Wait, then try again.");
		},

		/** Counted apart from resets, which an owner must not lose to someone else's sign-ups. @throws ProblemError 429 */
		beginSignUpMail(email: string, from: string): void {
			beginMail(signUpMailsToEmail, email, from);
		},

		/**
		 * Unknown addresses count too. Devices and networks that the account knows are counted apart from others.
		 * @throws ProblemError 429
		 */
		beginResetMail({ email, address, knownBy }: Pick<SigningIn, "email" | "address" | "knownBy">): void {
			beginMail(mailsToEmail, Object.keys(knownBy).length === 0 ? email : `known ${email}`, address);
		},

		/** @throws ProblemError 429 */
		beginReset(from: string): void {
			const seconds = resets.take(from);
			if (seconds !== undefined) throw tooManyRequests(seconds, "Too many attempts from here. Wait, then try again.");
		},

		/** Counted apart, so that opening a link often does not keep its form from being sent. @throws ProblemError 429 */
		beginLook(from: string): void {
			const seconds = looks.take(from);
			if (seconds !== undefined)
				throw tooManyRequests(seconds, "Too many links were opened here. Wait, then try again.");
		},

		/** Clears earlier failures after a new password was set. */
		clearFailures(email: string, from: string): void {
			accountFailures.forget(from, email);
		},

		/** @throws ProblemError 429 */
		beginEmailChange(accountId: string): void {
			const seconds = emailChanges.take(accountId);
			if (seconds !== undefined) {
				throw tooManyRequests(seconds, "The e-mail address was changed too often. Wait, then try again.");
			}
		},
	};
}

export type Attempts = ReturnType<typeof createAttempts>;
