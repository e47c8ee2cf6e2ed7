import { Failure } from "../failures";
import { Granted } from "../responses";
import { Event, EventOf } from "./events";
import { stopAt } from "./failing";
import { goHome, keyIn, toCheck } from "./home";
import { MachineState, PhaseOf, Refused, Run } from "./model";
import { become, pauseOf, plan, stay, Step } from "./plan";

const FIRST_PAUSE_SECONDS = 2;
const MAX_PAUSE_SECONDS = 30;
const RETRY_SECONDS = 1;

type Verifying = PhaseOf<"verifying">;
type Reverting = PhaseOf<"reverting">;

/**
 * The point of no return: the first `whoami` may seal the new key and revoke the old one. From then on only a definite
 * rejection reverts, and only to a key that the server accepts; everything else is tried again.
 */
export function verify(state: MachineState, run: Run, granted: Granted, now: number): Step {
	const written = { ...state, settled: [...state.settled, granted.key] };
	const phase: Verifying = { kind: "verifying", run, granted, pause: FIRST_PAUSE_SECONDS };
	const wait = pauseOf(state, now, 0);
	if (wait === 0) return askNow(written, phase);
	return askLater(written, phase, { kind: "overloaded", retryAfterSeconds: wait }, now);
}

function isInPlace(state: MachineState, granted: Granted): boolean {
	return keyIn(state.look)?.key === granted.key;
}

function askNow(state: MachineState, phase: Verifying): Step {
	// Undone, moved or edited in the meantime: there is nothing left to verify.
	if (!isInPlace(state, phase.granted)) return goHome(state);
	const { want, enter } = plan(state);
	const workId = want({ kind: "whoami", address: phase.run.address, key: phase.granted.key });
	return enter({ ...phase, workId, timerId: undefined });
}

function askLater(state: MachineState, phase: Verifying, failure: Failure, now: number): Step {
	const { want, enter } = plan(state);
	const timerId = want({ kind: "timer", seconds: pauseOf(state, now, phase.pause) });
	const pause = math.min(phase.pause * 2, MAX_PAUSE_SECONDS);
	return enter({ ...phase, workId: undefined, timerId, pause, doubt: { failure } });
}

/** An accepting answer counts however late it comes; any other only if it is the one that is waited for. */
function onVerified(state: MachineState, phase: Verifying, { id, key, outcome, now }: EventOf<"checked">): Step {
	const { run, granted } = phase;
	if (key !== granted.key) return stay(state);
	if (outcome.ok && outcome.value.keyId === granted.keyId) {
		return goHome({ ...state, checked: { key, check: toCheck(outcome) } }, { fresh: true });
	}
	if (id !== phase.workId) return stay(state);
	if (outcome.ok) return askLater(state, phase, { kind: "invalid-response", status: 200 }, now);
	const { failure } = outcome;
	if (failure.kind !== "unauthorized") return askLater(state, phase, failure, now);
	return revert(state, run, granted, { code: failure.code, detail: failure.detail }, phase.pause);
}

export function whileVerifying(state: MachineState, phase: Verifying, event: Event): Step {
	switch (event.kind) {
		case "retry":
			return askNow(state, phase);
		case "timer":
			return event.id === phase.timerId ? askNow(state, phase) : stay(state);
		case "slow":
			return event.id === phase.workId ? become(state, { ...phase, doubt: phase.doubt ?? {} }) : stay(state);
		case "checked":
			return onVerified(state, phase, event);
		default:
			return stay(state);
	}
}

function revert(state: MachineState, run: Run, granted: Granted, refused: Refused, pause: number): Step {
	if (run.old === undefined) return stopAt(state, run, { kind: "key-rejected", ...refused }, "new-rejected");
	const { want, enter } = plan(state);
	const workId = want({ kind: "whoami", address: run.address, key: run.old.key });
	return enter({ kind: "reverting", run, granted, refused, pause, workId });
}

/** `keyId`: of the old key, from the server. */
function putBack(state: MachineState, phase: Reverting, old: string, keyId: string): Step {
	const now = keyIn(state.look);
	const reason = { kind: "key-rejected", ...phase.refused } as const;
	if (now === undefined || now.key !== phase.granted.key) return stopAt(state, phase.run, reason, "not-restored");
	const { want, enter } = plan(state);
	return enter({ ...phase, keyId, workId: want({ kind: "replace", from: now, grant: { key: old, keyId } }) });
}

export function whileReverting(state: MachineState, phase: Reverting, event: Event): Step {
	const { run, granted, refused, keyId } = phase;
	const reason = { kind: "key-rejected", ...refused } as const;
	const old = run.old?.key;
	if (!("id" in event) || event.id !== phase.workId || old === undefined) return stay(state);
	if (event.kind === "timer" && keyId !== undefined) return putBack(state, phase, old, keyId);
	if (event.kind === "written") {
		if (event.result.kind === "written") return stopAt(state, run, reason, "restored");
		if (event.result.kind === "drafted") return stopAt(state, run, reason, "restored-in-draft");
		if (event.result.kind !== "busy") return stopAt(state, run, reason, "new-rejected");
		const { want, enter } = plan(state);
		return enter({ ...phase, workId: want({ kind: "timer", seconds: RETRY_SECONDS }) });
	}
	if (event.kind !== "checked") return stay(state);
	if (event.outcome.ok) return putBack(state, phase, old, event.outcome.value.keyId);
	const { failure } = event.outcome;
	if (failure.kind === "unauthorized") return stopAt(state, run, reason, "new-rejected");
	const { pause } = phase;
	return askLater(state, { kind: "verifying", run, granted, pause }, { kind: "unauthorized", ...refused }, event.now);
}
