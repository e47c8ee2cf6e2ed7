import { Backend, PollOutcome } from "./backend";
import { Revocations } from "./revocation";

/**
 * The key an attempt was granted, until it is either kept in the place or revoked. Settled once, however often and
 * however late the key arrives.
 */
export interface PendingKey {
	take: (key: string) => void;
	/** The key is in the place; it is not revoked any more. */
	keep: () => void;
	/** Revokes the key, if there is one and it was not kept. */
	discard: () => void;
	/** Handles a poll response that arrived after the attempt had stopped waiting for it. */
	takeLate: (outcome: PollOutcome, isLive: boolean) => void;
}

export function createPendingKey(backend: Backend, revocations: Revocations): PendingKey {
	let pending: string | undefined;
	let settled = false;

	function discard() {
		if (settled || pending === undefined) return;
		settled = true;
		revocations.revoke(backend, pending);
	}

	return {
		take: (key) => {
			pending = key;
		},
		keep: () => {
			settled = true;
		},
		discard,
		takeLate: (outcome, isLive) => {
			if (!outcome.ok) return;
			pending = outcome.value.key;
			if (!isLive) discard();
		},
	};
}
