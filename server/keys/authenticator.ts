import { isWellFormedKey } from "../../shared/key-format.ts";
import type { AuthenticationErrorCode } from "../../shared/wire.ts";
import type { KeyCache, KnownKey } from "./key-cache.ts";
import { digestOf } from "./secret.ts";

export interface Accepted {
	key: KnownKey;
}

export interface Refused {
	code: AuthenticationErrorCode;
	/** The revoked key, for a holder of it to be told when and why. */
	revoked?: KnownKey;
}

export type Verdict = Accepted | Refused;

/** Ends the pairing that a key came from, or, where its time is over, revokes the key. Rejects where neither could be written. */
export type Seal = (keyId: string) => Promise<void>;

export function isAccepted(verdict: Verdict): verdict is Accepted {
	return "key" in verdict;
}

export interface Outcomes {
	accepted: Counter;
	refused: Record<AuthenticationErrorCode, Counter>;
}

interface Counter {
	value: number;
}

/** Decides over a presented key: present, well-formed, known, not revoked, in that order. */
export function createAuthenticator(cache: KeyCache, seal: Seal, outcomes: Outcomes) {
	/** At once for every key but one at its first use. */
	function authenticate(secret: string | undefined): Verdict | Promise<Verdict> {
		const verdict = judge(secret);
		return verdict instanceof Promise ? verdict.then(counted) : counted(verdict);
	}

	function counted(verdict: Verdict): Verdict {
		(isAccepted(verdict) ? outcomes.accepted : outcomes.refused[verdict.code]).value += 1;
		return verdict;
	}

	function judge(secret: string | undefined): Verdict | Promise<Verdict> {
		if (secret === undefined) return { code: "missing_key" };
		const digest = digestOf(secret);
		const known = cache.find(digest);
		if (known === undefined) return { code: isWellFormedKey(secret) ? "unknown_key" : "malformed_key" };
		if (known.revokedAt !== null) return { code: "revoked_key", revoked: known };
		return known.sealed ? { key: known } : firstUse(known, digest);
	}

	/** Accepted only once the seal has committed, and as the key stands then. */
	async function firstUse(unsealed: KnownKey, digest: string): Promise<Verdict> {
		await seal(unsealed.id);
		const known = cache.find(digest);
		if (known === undefined) return { code: "unknown_key" };
		if (known.revokedAt !== null) return { code: "revoked_key", revoked: known };
		return { key: known };
	}

	return { authenticate };
}

export type Authenticator = ReturnType<typeof createAuthenticator>;
