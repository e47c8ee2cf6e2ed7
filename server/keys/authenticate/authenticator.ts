import { isWellFormedKey } from "../../../shared/key-format.ts";
import type { AuthenticationErrorCode } from "../../../shared/wire.ts";
import type { Freshness } from "../../storage/storage.ts";
import type { KnownKey } from "./authenticate.store.ts";
import { digestOf } from "./digest.ts";
import type { KeyCache } from "./key-cache.ts";

export interface Accepted {
	key: KnownKey;
}

export interface Refused {
	code: AuthenticationErrorCode;
	/** The revoked key, so that the response can say when and why. */
	revoked?: KnownKey;
}

export type Verdict = Accepted | Refused;

/** Seals the pairing that issued a key, or revokes the key if it has expired. Rejects if neither could be written. */
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

export interface AuthenticatorOptions {
	freshness: Freshness;
	cache: KeyCache;
	seal: Seal;
	outcomes: Outcomes;
}

/** Checks that a key is present, well-formed, known and not revoked, in that order. */
export function createAuthenticator({ freshness, cache, seal, outcomes }: AuthenticatorOptions) {
	/** Never uses stale data: checks the database after the call. @throws StorageError if that fails */
	async function authenticate(secret: string | undefined): Promise<Verdict> {
		const verdict = secret === undefined ? MISSING : await decide(secret);
		(isAccepted(verdict) ? outcomes.accepted : outcomes.refused[verdict.code]).value += 1;
		return verdict;
	}

	async function decide(secret: string): Promise<Verdict> {
		const digest = digestOf(secret);
		await freshness.check();
		const cached = cache.cached(digest);
		if (cached !== undefined) return { key: cached };
		if (!isWellFormedKey(secret)) return { code: "malformed_key" };
		const known = await cache.find(digest);
		return known === undefined || known.sealed || known.revokedAt !== null ? verdictOn(known) : firstUse(known, digest);
	}

	/** Accepts the key only once the seal has committed, and only if it is still active then. */
	async function firstUse(unsealed: KnownKey, digest: string): Promise<Verdict> {
		await seal(unsealed.id);
		await freshness.check();
		return verdictOn(await cache.find(digest));
	}

	return { authenticate };
}

const MISSING: Refused = { code: "missing_key" };

function verdictOn(known: KnownKey | undefined): Verdict {
	if (known === undefined) return { code: "unknown_key" };
	return known.revokedAt === null ? { key: known } : { code: "revoked_key", revoked: known };
}

export type Authenticator = ReturnType<typeof createAuthenticator>;
