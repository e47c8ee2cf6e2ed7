import { Attempt } from "./attempt";
import { Backend, PollOutcome } from "./backend";
import { Failure, isTransient } from "./failures";
import { Granted, Started } from "./responses";
import { EndReason, Notice } from "./state";

/** RFC 8628 §3.5: added to the interval by each `slow_down`. */
const SLOW_DOWN_SECONDS = 5;
/** A hanging request is abandoned this long after the code has expired. */
const EXPIRY_MARGIN_SECONDS = 0.1;

export type PollEnd =
	/** `approvedAfter`: the latest `os.clock` time at which it was known not to be approved. */
	| { kind: "granted"; granted: Granted; approvedAfter: number }
	| { kind: "cancelled" }
	| { kind: "ended"; reason: EndReason };

function endReasonOf(failure: Failure): EndReason {
	if (failure.kind === "oauth") {
		if (failure.error === "access_denied") return { kind: "denied" };
		if (failure.error === "expired_token") return { kind: "expired" };
	}
	return { kind: "backend", failure };
}

/** Unexpected responses may come from a proxy, and a denied permission may be granted: keep polling. */
function shouldKeepPolling(failure: Failure): boolean {
	return isTransient(failure) || failure.kind === "permission-denied";
}

/**
 * Polls until the request is approved, denied or expired. The interval counts from each response. A poll after a lost
 * response returns the same key, so network failures do not end it.
 */
export function pollUntilDecided(
	attempt: Attempt,
	backend: Backend,
	started: Started,
	endsAt: number,
	notify: (notice?: Notice) => void,
	onLate: (outcome: PollOutcome) => void,
): PollEnd {
	let interval = started.intervalSeconds;
	let wait = interval;
	let approvedAfter = endsAt - started.expiresInSeconds;
	task.delay(endsAt - os.clock() + EXPIRY_MARGIN_SECONDS, attempt.nudge);
	for (;;) {
		attempt.pause(wait);
		if (!attempt.isLive()) return { kind: "cancelled" };
		if (os.clock() >= endsAt) return { kind: "ended", reason: { kind: "expired" } };
		const polledAt = os.clock();
		const outcome = attempt.run(
			() => backend.poll(started.deviceCode),
			() => notify({ kind: "slow" }),
			onLate,
		);
		if (!attempt.isLive()) {
			if (outcome !== undefined) onLate(outcome);
			return { kind: "cancelled" };
		}
		wait = interval;
		if (outcome === undefined) {
			wait = 0;
		} else if (outcome.ok) {
			return { kind: "granted", granted: outcome.value, approvedAfter };
		} else if ("pending" in outcome) {
			if (outcome.slower) interval += SLOW_DOWN_SECONDS;
			wait = interval;
			approvedAfter = polledAt;
			notify();
		} else {
			const failure = outcome.failure;
			if (!shouldKeepPolling(failure)) return { kind: "ended", reason: endReasonOf(failure) };
			if (failure.kind === "overloaded") wait = math.max(wait, failure.retryAfterSeconds ?? 0);
			notify({ kind: "failure", failure });
		}
	}
}
