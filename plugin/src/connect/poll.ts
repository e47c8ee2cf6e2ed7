import { Attempt } from "./attempt";
import { Backend, PollOutcome } from "./backend";
import { Failure, isPassing } from "./failures";
import { Granted, Started } from "./responses";
import { EndReason, Note } from "./state";

/** RFC 8628 §3.5: what `slow_down` adds, for this and every later poll. */
const SLOW_DOWN_SECONDS = 5;
/** A request that hangs beyond the code's end is given up so much later. */
const EXPIRY_MARGIN_SECONDS = 0.1;

export type PollEnd =
	/** `approvedAfter`: a moment, on `os.clock`, before which it was certainly not approved. */
	| { kind: "granted"; granted: Granted; approvedAfter: number }
	| { kind: "over" }
	| { kind: "ended"; reason: EndReason };

function endOf(failure: Failure): EndReason {
	if (failure.kind === "oauth") {
		if (failure.error === "access_denied") return { kind: "denied" };
		if (failure.error === "expired_token") return { kind: "expired" };
	}
	return { kind: "backend", failure };
}

/** An answer that is no answer of ours may come from something in between: the same device code is asked again. */
function isWorthAnotherPoll(failure: Failure): boolean {
	return isPassing(failure) || failure.kind === "permission-denied";
}

/**
 * Asks until the person has decided or the code has run out. The interval counts from each answer. Polling again after
 * a lost answer yields the same key, so no trouble on the way ends it.
 */
export function pollUntilDecided(
	attempt: Attempt,
	backend: Backend,
	started: Started,
	endsAt: number,
	show: (note?: Note) => void,
	late: (outcome: PollOutcome) => void,
): PollEnd {
	let interval = started.intervalSeconds;
	let wait = interval;
	let approvedAfter = endsAt - started.expiresInSeconds;
	task.delay(endsAt - os.clock() + EXPIRY_MARGIN_SECONDS, attempt.nudge);
	for (;;) {
		attempt.pause(wait);
		if (!attempt.isLive()) return { kind: "over" };
		if (os.clock() >= endsAt) return { kind: "ended", reason: { kind: "expired" } };
		const askedAt = os.clock();
		const outcome = attempt.ask(
			() => backend.poll(started.deviceCode),
			() => show({ kind: "slow" }),
			late,
		);
		if (!attempt.isLive()) {
			if (outcome !== undefined) late(outcome);
			return { kind: "over" };
		}
		wait = interval;
		if (outcome === undefined) {
			wait = 0;
		} else if (outcome.ok) {
			return { kind: "granted", granted: outcome.value, approvedAfter };
		} else if ("pending" in outcome) {
			if (outcome.slower) interval += SLOW_DOWN_SECONDS;
			wait = interval;
			approvedAfter = askedAt;
			show();
		} else {
			const failure = outcome.failure;
			if (!isWorthAnotherPoll(failure)) return { kind: "ended", reason: endOf(failure) };
			if (failure.kind === "overloaded") wait = math.max(wait, failure.retryAfterSeconds ?? 0);
			show({ kind: "trouble", failure });
		}
	}
}
