import { PlaceKey } from "../../place";
import { Failure, isTransient } from "../failures";
import { Granted, isKeyId, Started } from "../responses";
import { EndReason } from "../state";
import { beginDelivery } from "./delivery";
import { Event, EventOf } from "./events";
import { fail, giveUp } from "./failing";
import { checkOf, goHome, judged } from "./home";
import { Code, MachineState, PhaseOf, Run } from "./model";
import { become, pauseOf, plan, stay, Step } from "./plan";

/** RFC 8628 §3.5: added to the interval by each `slow_down`. */
const SLOW_DOWN_SECONDS = 5;
/** A poll without an answer is abandoned this long after the code has expired. */
const EXPIRY_MARGIN_SECONDS = 0.1;

/** What the request for a code says about the key in the place: the key itself as a proof, its id only as a claim. */
function previousOf(state: MachineState, old: PlaceKey | undefined): { key: string; keyId?: string } | undefined {
	if (old === undefined) return undefined;
	const check = checkOf(state);
	// The server knows better than the Script's attribute, which may be another key's after pasting or undoing.
	const keyId = check?.kind === "accepted" ? check.report.keyId : old.keyId;
	return { key: old.key, keyId: isKeyId(keyId) ? keyId : undefined };
}

function requestCode(state: MachineState, run: Run, isFirst: boolean): Step {
	const { want, enter } = plan(state);
	if (isFirst) want({ kind: "provoke" });
	const { address, intent, old } = run;
	const workId = want({ kind: "start", address, intent, previous: previousOf(state, old) });
	return enter({ kind: "starting", run, workId });
}

/** Connect or Reconnect, depending on the place. `accepted`: the key whose Script the user has answered for. */
export function begin(state: MachineState, accepted?: PlaceKey): Step {
	const place = judged(state.look);
	if (place.kind === "refused") return goHome(state);
	const old = place.kind === "managed" ? place.found : undefined;
	if (old?.asked !== undefined && old.asked !== accepted?.asked) {
		return become(state, { kind: "ask", found: old, then: "reconnect" });
	}
	const attempt = state.attempt + 1;
	const { address } = state.look;
	const run: Run = { attempt, intent: old === undefined ? "connect" : "reconnect", address, old };
	return requestCode({ ...state, attempt }, run, true);
}

function onStarted(state: MachineState, { run, scripts }: PhaseOf<"starting">, started: Started, now: number): Step {
	const { want, enter } = plan(state);
	const { expiresInSeconds, intervalSeconds } = started;
	return enter({
		kind: "code",
		run,
		started,
		endsAt: now + expiresInSeconds,
		interval: intervalSeconds,
		approvedAfter: now,
		polledAt: now,
		expiryId: want({ kind: "timer", seconds: expiresInSeconds + EXPIRY_MARGIN_SECONDS }),
		timerId: want({ kind: "timer", seconds: intervalSeconds }),
		scripts,
	});
}

export function whileStarting(state: MachineState, phase: PhaseOf<"starting">, event: Event): Step {
	switch (event.kind) {
		case "retry":
			return requestCode(state, phase.run, false);
		case "cancel":
			return giveUp(state, phase.run);
		case "provoked":
			return become(state, { ...phase, scripts: event.scripts });
		case "slow":
			return event.id === phase.workId ? become(state, { ...phase, notice: { kind: "slow" } }) : stay(state);
		case "started": {
			if (event.id !== phase.workId) return stay(state);
			if (event.outcome.ok) return onStarted(state, phase, event.outcome.value, event.now);
			return fail(state, phase.run, { kind: "backend", failure: event.outcome.failure });
		}
		default:
			return stay(state);
	}
}

function poll(state: MachineState, phase: Code, now: number): Step {
	if (now >= phase.endsAt) return fail(state, phase.run, { kind: "expired" });
	const { want, enter } = plan(state);
	const workId = want({ kind: "poll", address: phase.run.address, deviceCode: phase.started.deviceCode });
	return enter({ ...phase, workId, timerId: undefined, polledAt: now });
}

function pollAfter(state: MachineState, phase: Code, seconds: number): Step {
	const { want, enter } = plan(state);
	return enter({ ...phase, workId: undefined, timerId: want({ kind: "timer", seconds }) });
}

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

function onPolled(state: MachineState, phase: Code, { id, outcome, now }: EventOf<"polled">): Step {
	// A grant counts however late it comes: every poll gets the same key.
	if (outcome.ok) return onGranted(state, phase, outcome.value, now);
	if (id !== phase.workId) return stay(state);
	if ("pending" in outcome) {
		const interval = phase.interval + (outcome.slower ? SLOW_DOWN_SECONDS : 0);
		const waiting = { ...phase, interval, approvedAfter: phase.polledAt, notice: undefined };
		return pollAfter(state, waiting, interval);
	}
	const { failure } = outcome;
	if (!shouldKeepPolling(failure)) return fail(state, phase.run, endReasonOf(failure));
	const waiting: Code = { ...phase, notice: { kind: "failure", failure } };
	return pollAfter(state, waiting, pauseOf(state, now, phase.interval));
}

function onGranted(state: MachineState, phase: Code, granted: Granted, now: number): Step {
	return beginDelivery(state, phase.run, granted, phase.approvedAfter + phase.started.expiresInSeconds, now);
}

export function whileWaiting(state: MachineState, phase: Code, event: Event): Step {
	switch (event.kind) {
		case "retry":
			return poll(state, phase, event.now);
		case "cancel":
			return giveUp(state, phase.run);
		case "provoked":
			return become(state, { ...phase, scripts: event.scripts });
		case "timer": {
			if (event.id === phase.timerId) return poll(state, phase, event.now);
			return event.id === phase.expiryId ? fail(state, phase.run, { kind: "expired" }) : stay(state);
		}
		case "slow":
			return event.id === phase.workId ? become(state, { ...phase, notice: { kind: "slow" } }) : stay(state);
		case "polled":
			return onPolled(state, phase, event);
		default:
			return stay(state);
	}
}
