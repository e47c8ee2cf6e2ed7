import { Attempt } from "./attempt";
import { Outcome } from "./backend";
import { Failure } from "./failures";
import { fail, Flow } from "./flow";
import { Granted, KeyReport } from "./responses";
import { Approved } from "./state";

const FIRST_PAUSE_SECONDS = 2;
const MAX_PAUSE_SECONDS = 30;
const RETRY_SECONDS = 1;

type Verdict = { kind: "accepted"; report: KeyReport } | { kind: "rejected"; code: string; detail?: string };
type Check = () => Verdict | Failure | undefined;

function verdictOf(outcome: Outcome<KeyReport>, keyId: string | undefined): Verdict | Failure {
	if (!outcome.ok) {
		const { failure } = outcome;
		if (failure.kind !== "unauthorized") return failure;
		return { kind: "rejected", code: failure.code, detail: failure.detail };
	}
	if (keyId !== undefined && outcome.value.keyId !== keyId) return { kind: "invalid-response", status: 200 };
	return { kind: "accepted", report: outcome.value };
}

/** One `whoami` at a time; a response that arrives after Retry was clicked still counts. */
function createCheck(attempt: Attempt, whoami: () => Outcome<KeyReport>, keyId: string, onSlow: () => void): Check {
	let lateReport: KeyReport | undefined;
	return () => {
		const outcome = attempt.run(whoami, onSlow, (late) => {
			if (late.ok && late.value.keyId === keyId) lateReport = late.value;
			if (lateReport !== undefined) attempt.nudge();
		});
		if (lateReport !== undefined) return { kind: "accepted", report: lateReport };
		return outcome === undefined ? undefined : verdictOf(outcome, keyId);
	};
}

/** Restores the old key if the backend accepts it. Undefined if that could not be checked; nothing was changed then. */
function rollBack(flow: Flow, granted: Granted): "restored" | "new-rejected" | "not-restored" | undefined {
	const { attempt, backend, place, oldKey } = flow;
	if (oldKey === undefined) return "new-rejected";
	const outcome = attempt.run(
		() => backend.whoami(oldKey.key),
		() => flow.notify({ kind: "slow" }),
	);
	if (outcome === undefined) return undefined;
	const verdict = verdictOf(outcome, undefined);
	if (verdict.kind === "rejected") return "new-rejected";
	if (verdict.kind !== "accepted") return undefined;
	while (attempt.isLive()) {
		const current = place.inspect();
		if (current.kind !== "managed" || current.found.key !== granted.key) return "not-restored";
		flow.lock(true);
		const result = place.replaceKey(current.found, { key: oldKey.key, keyId: verdict.report.keyId }, attempt.isLive);
		flow.lock(false);
		if (result.kind === "written") return "restored";
		if (result.kind !== "busy") return "new-rejected";
		attempt.pause(RETRY_SECONDS);
	}
	return undefined;
}

/**
 * The point of no return: the first `whoami` may seal the new key and revoke the old one. From then on only a definite
 * rejection rolls back, and only to a key the backend accepts; everything else is retried.
 */
export function verify(flow: Flow, granted: Granted, approved: Approved): void {
	const { attempt, backend, address } = flow;
	const onSlow = () => flow.show({ kind: "unconfirmed", approved, address }, true);
	const check = createCheck(attempt, () => backend.whoami(granted.key), granted.keyId, onSlow);
	let pause = FIRST_PAUSE_SECONDS;
	flow.show({ kind: "installing", address, approved, step: "verifying" }, true);
	while (attempt.isLive()) {
		// Undone, moved or edited in the meantime: there is nothing left to verify.
		const current = flow.place.inspect();
		if (current.kind !== "managed" || current.found.key !== granted.key) {
			flow.goHome(false);
			return;
		}
		const verdict = check();
		if (!attempt.isLive()) return;
		let failure: Failure | undefined;
		if (verdict?.kind === "accepted") {
			flow.goHome(true, verdict);
			return;
		}
		if (verdict?.kind === "rejected") {
			const outcome = rollBack(flow, granted);
			if (!attempt.isLive()) return;
			const { code, detail } = verdict;
			if (outcome !== undefined) {
				fail(flow, { kind: "key-rejected", code, detail }, outcome);
				return;
			}
		} else failure = verdict;
		flow.show({ kind: "unconfirmed", approved, failure, address }, false);
		const retryAfter = failure?.kind === "overloaded" ? (failure.retryAfterSeconds ?? 0) : 0;
		attempt.pause(math.max(pause, retryAfter));
		pause = math.min(pause * 2, MAX_PAUSE_SECONDS);
		flow.show({ kind: "unconfirmed", approved, failure, address }, true);
	}
}
