import { Attempt } from "./attempt";
import { Outcome } from "./backend";
import { Failure } from "./failures";
import { fail, Flow } from "./flow";
import { Granted, KeyReport } from "./responses";
import { Approved } from "./state";

const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 30;
const HOLD_SECONDS = 1;

type Verdict = { kind: "accepted"; report: KeyReport } | { kind: "refused"; code: string; detail?: string };
type Ask = () => Verdict | Failure | undefined;

function verdictOf(outcome: Outcome<KeyReport>, keyId: string | undefined): Verdict | Failure {
	if (!outcome.ok) {
		const { failure } = outcome;
		if (failure.kind !== "unauthorized") return failure;
		return { kind: "refused", code: failure.code, detail: failure.detail };
	}
	if (keyId !== undefined && outcome.value.keyId !== keyId) return { kind: "nonsense", status: 200 };
	return { kind: "accepted", report: outcome.value };
}

/** One `whoami` at a time; an answer that comes after Retry was clicked still counts. */
function createAsk(attempt: Attempt, ask: () => Outcome<KeyReport>, keyId: string, slow: () => void): Ask {
	let lateReport: KeyReport | undefined;
	return () => {
		const outcome = attempt.ask(ask, slow, (late) => {
			if (late.ok && late.value.keyId === keyId) lateReport = late.value;
			if (lateReport !== undefined) attempt.nudge();
		});
		if (lateReport !== undefined) return { kind: "accepted", report: lateReport };
		return outcome === undefined ? undefined : verdictOf(outcome, keyId);
	};
}

/** Puts the old key back, where the backend takes it. Undefined: it could not be asked, so nothing was done. */
function rollBack(flow: Flow, granted: Granted): "put-back" | "new-refused" | "disturbed" | undefined {
	const { attempt, backend, place, from } = flow;
	if (from === undefined) return "new-refused";
	const outcome = attempt.ask(
		() => backend.whoami(from.key),
		() => flow.note({ kind: "slow" }),
	);
	if (outcome === undefined) return undefined;
	const verdict = verdictOf(outcome, undefined);
	if (verdict.kind === "refused") return "new-refused";
	if (verdict.kind !== "accepted") return undefined;
	while (attempt.isLive()) {
		const look = place.look();
		if (look.kind !== "managed" || look.found.key !== granted.key) return "disturbed";
		flow.lock(true);
		const result = place.replaceKey(look.found, { key: from.key, keyId: from.keyId }, attempt.isLive);
		flow.lock(false);
		if (result.kind === "written") return "put-back";
		if (result.kind !== "busy") return "new-refused";
		attempt.pause(HOLD_SECONDS);
	}
	return undefined;
}

/**
 * The point of no return: from the first `whoami` on the key may be sealed, and the one before it revoked. So it only
 * goes forward, whatever is lost; a definite refusal alone leads back, and only to a key that is accepted.
 */
export function prove(flow: Flow, granted: Granted, approved: Approved): void {
	const { attempt, backend, address } = flow;
	const slow = () => flow.show({ kind: "unconfirmed", approved, address }, true);
	const ask = createAsk(attempt, () => backend.whoami(granted.key), granted.keyId, slow);
	let pause = FIRST_PAUSE_SECONDS;
	flow.show({ kind: "installing", address, approved, step: "trying" }, true);
	while (attempt.isLive()) {
		// Undone, moved or edited meanwhile: what is there now is not this key to prove.
		const look = flow.place.look();
		if (look.kind !== "managed" || look.found.key !== granted.key) {
			flow.goHome(false);
			return;
		}
		const verdict = ask();
		if (!attempt.isLive()) return;
		let failure: Failure | undefined;
		if (verdict?.kind === "accepted") {
			flow.goHome(true, verdict);
			return;
		}
		if (verdict?.kind === "refused") {
			const outcome = rollBack(flow, granted);
			if (!attempt.isLive()) return;
			const { code, detail } = verdict;
			if (outcome !== undefined) {
				fail(flow, { kind: "key-refused", code, detail }, outcome);
				return;
			}
		} else failure = verdict;
		flow.show({ kind: "unconfirmed", approved, failure, address }, false);
		const wanted = failure?.kind === "overloaded" ? (failure.retryAfterSeconds ?? 0) : 0;
		attempt.pause(math.max(pause, wanted));
		pause = math.min(pause * 2, LONGEST_PAUSE_SECONDS);
		flow.show({ kind: "unconfirmed", approved, failure, address }, true);
	}
}
