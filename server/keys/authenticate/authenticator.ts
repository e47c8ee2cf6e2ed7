import type { AuthenticationErrorCode } from "../../../shared/wire.ts";
import type { Freshness } from "../../storage/storage.ts";
import { digestOf } from "./digest.ts";
import type { CachedKey, KeyCache } from "./key-cache.ts";
import { isWellFormed } from "./well-formed.ts";
import { admits, namesNone, type Workspaces } from "./workspaces.ts";

export interface Accepted {
	key: CachedKey;
}

/** Why a request is refused. The last two are about an active key. */
export type RefusalCode = AuthenticationErrorCode | "wrong_workspace" | "workspace_required";

export interface Refused {
	code: RefusalCode;
	/** The revoked key, so that the response can say when and why. */
	revoked?: CachedKey;
}

export type Verdict = Accepted | Refused;

/** Seals the pairing that issued a key, or revokes the key if it has expired. Rejects if neither could be written. */
export type Seal = (keyId: string) => Promise<void>;

export function isAccepted(verdict: Verdict): verdict is Accepted {
	return "key" in verdict;
}

export interface Outcomes {
	accepted: Counter;
	refused: Record<RefusalCode, Counter>;
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

/** Checks that a key is present, well-formed, known, not revoked and of one of the workspaces, in that order. */
export function createAuthenticator({ freshness, cache, seal, outcomes }: AuthenticatorOptions) {
	/**
	 * Never uses stale data: checks the database after the call. A key of another workspace is neither sealed nor accepted.
	 * @param maxAgeMs of what the verdict does not depend on
	 * @throws StorageError if that fails
	 */
	async function authenticate(
		secret: string | undefined,
		workspaces: Workspaces,
		maxAgeMs = Infinity,
	): Promise<Verdict> {
		const verdict = secret === undefined ? MISSING : await decide(secret, workspaces, maxAgeMs);
		(isAccepted(verdict) ? outcomes.accepted : outcomes.refused[verdict.code]).value += 1;
		return verdict;
	}

	async function decide(secret: string, workspaces: Workspaces, maxAgeMs: number): Promise<Verdict> {
		const digest = digestOf(secret);
		await freshness.check();
		const cached = cache.cached(digest, maxAgeMs);
		if (cached !== undefined) return verdictOn(cached, workspaces);
		if (!isWellFormed(secret)) return MALFORMED;
		const known = await cache.find(digest);
		const verdict = verdictOn(known, workspaces);
		return isAccepted(verdict) && !verdict.key.sealed ? firstUse(verdict.key, digest, workspaces) : verdict;
	}

	/** Accepts the key only once the seal has committed, and only if it is still active then. */
	async function firstUse(unsealed: CachedKey, digest: string, workspaces: Workspaces): Promise<Verdict> {
		await seal(unsealed.id);
		await freshness.check();
		return verdictOn(await cache.find(digest), workspaces);
	}

	return { authenticate };
}

export const MISSING: Refused = { code: "missing_key" };
export const MALFORMED: Refused = { code: "malformed_key" };
const UNKNOWN: Refused = { code: "unknown_key" };
const WORKSPACE_REQUIRED: Refused = { code: "workspace_required" };
const WRONG_WORKSPACE: Refused = { code: "wrong_workspace" };

/** @param known active or revoked; undefined: no such key */
export function verdictOn(known: CachedKey | undefined, workspaces: Workspaces): Verdict {
	if (known === undefined) return UNKNOWN;
	if (known.revokedAt !== null) return { code: "revoked_key", revoked: known };
	if (admits(workspaces, known.workspaceId)) return { key: known };
	return namesNone(workspaces) ? WORKSPACE_REQUIRED : WRONG_WORKSPACE;
}

export type Authenticator = ReturnType<typeof createAuthenticator>;
