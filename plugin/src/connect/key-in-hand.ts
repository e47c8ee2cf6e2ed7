import { Backend, PollOutcome } from "./backend";
import { Revocations } from "./revocation";

/**
 * The key that an attempt was given, until its fate is decided: either it is in the place for good, or it must not
 * stand and is revoked. However often and however late it arrives, it is decided once.
 */
export interface KeyInHand {
	take: (key: string) => void;
	/** It stands in the place: nothing revokes it any more. */
	keep: () => void;
	/** It must not stand. Nothing happens where none has come, or where it was kept. */
	discard: () => void;
	/** An answer that came after the attempt had stopped waiting for it. */
	arriveLate: (outcome: PollOutcome, isLive: boolean) => void;
}

export function createKeyInHand(backend: Backend, revocations: Revocations): KeyInHand {
	let held: string | undefined;
	let decided = false;

	function discard() {
		if (decided || held === undefined) return;
		decided = true;
		revocations.revoke(backend, held);
	}

	return {
		take: (key) => {
			held = key;
		},
		keep: () => {
			decided = true;
		},
		discard,
		arriveLate: (outcome, isLive) => {
			if (!outcome.ok) return;
			held = outcome.value.key;
			if (!isLive) discard();
		},
	};
}
