import { Grant } from "../../place";
import { Granted } from "../responses";
import { EndReason } from "../state";
import { Event, EventOf } from "./events";
import { fail, giveUp, stopAt } from "./failing";
import { checkOf, keyIn, toCheck } from "./home";
import { Delivery, Held, MachineState, PhaseOf, Run } from "./model";
import { become, plan, stay, Step } from "./plan";
import { verify } from "./verifying";

/** How often writing is tried again while Studio records another change. */
const RETRY_SECONDS = 1;
/** How often a draft is looked at. */
export const DRAFT_SECONDS = 1;

export function isExpiry(delivery: Delivery, event: Event): boolean {
	return event.kind === "timer" && event.id === delivery.expiryId;
}

/** The key is in hand. `endsAt`: when the server revokes it, unless it was used. */
export function beginDelivery(state: MachineState, run: Run, granted: Granted, endsAt: number, now: number): Step {
	const first = plan(state);
	const expiryId = first.want({ kind: "timer", seconds: math.max(endsAt - now, 0) });
	const { state: timed, effects } = first.enter(state.phase);
	const delivery = { run, granted, endsAt, expiryId };
	const second = run.old === undefined ? write(timed, delivery, now) : compare(timed, delivery, run.old.key);
	return { state: second.state, effects: [...effects, ...second.effects] };
}

function compare(state: MachineState, delivery: Delivery, key: string): Step {
	const { want, enter } = plan(state);
	const workId = want({ kind: "whoami", address: delivery.run.address, key });
	return enter({ ...delivery, kind: "comparing", workId });
}

/**
 * Whether the old key belongs to the same workspace as the new one. A rejected key counts as the same, since no workspace
 * loses a working key; without an answer, the last one counts: keys do not change workspaces.
 */
function onCompared(state: MachineState, phase: PhaseOf<"comparing">, { key, outcome, now }: EventOf<"checked">): Step {
	// A server that does not serve this plugin would not confirm the new key, either.
	if (!outcome.ok && outcome.failure.kind === "protocol-unsupported") {
		return fail(state, phase.run, { kind: "backend", failure: outcome.failure }, phase.granted);
	}
	const check = toCheck(outcome);
	const current = check.kind === "unknown" ? state : { ...state, checked: { key, check } };
	const known = check.kind === "unknown" ? checkOf(state) : check;
	const report = known?.kind === "accepted" ? known.report : undefined;
	const isSame = check.kind === "rejected" || report?.workspaceId === phase.granted.workspaceId;
	if (isSame) return write(current, deliveryOf(phase), now);
	return become(current, { ...deliveryOf(phase), kind: "confirm", previousWorkspace: report?.workspaceName });
}

export function deliveryOf({ run, granted, endsAt, expiryId }: Delivery): Delivery {
	return { run, granted, endsAt, expiryId };
}

export function whileComparing(state: MachineState, phase: PhaseOf<"comparing">, event: Event): Step {
	if (isExpiry(phase, event)) return fail(state, phase.run, { kind: "expired" }, phase.granted);
	switch (event.kind) {
		case "cancel":
			return giveUp(state, phase.run, phase.granted);
		case "retry":
			return phase.run.old === undefined ? stay(state) : compare(state, deliveryOf(phase), phase.run.old.key);
		case "slow":
			return event.id === phase.workId ? become(state, { ...phase, notice: { kind: "slow" } }) : stay(state);
		case "checked":
			return event.id === phase.workId ? onCompared(state, phase, event) : stay(state);
		default:
			return stay(state);
	}
}

export function whileConfirming(state: MachineState, phase: PhaseOf<"confirm">, event: Event): Step {
	if (isExpiry(phase, event)) return fail(state, phase.run, { kind: "expired" }, phase.granted);
	if (event.kind === "cancel") return giveUp(state, phase.run, phase.granted);
	return event.kind === "confirm" ? write(state, deliveryOf(phase), event.now) : stay(state);
}

function write(state: MachineState, delivery: Delivery, now: number): Step {
	const { run, granted, endsAt } = delivery;
	if (now >= endsAt) return fail(state, run, { kind: "expired" }, granted);
	const { want, enter } = plan(state);
	const grant: Grant = { key: granted.key, keyId: granted.keyId };
	const workId =
		run.old === undefined
			? want({ kind: "install", address: run.address, grant })
			: want({ kind: "replace", from: run.old, grant });
	return enter({ ...delivery, kind: "writing", workId });
}

/** Nothing was written, and the key stays in hand. */
function hold(state: MachineState, delivery: Delivery, why: Held, now: number): Step {
	if (now >= delivery.endsAt) return fail(state, delivery.run, { kind: "expired" }, delivery.granted);
	const { want, enter } = plan(state);
	const timerId = why.kind === "busy" ? want({ kind: "timer", seconds: RETRY_SECONDS }) : undefined;
	return enter({ ...deliveryOf(delivery), kind: "held", why, timerId });
}

/** The editor did not take the change, though the Script is still the one that the user accepted. */
function isUnchanged(state: MachineState, { old }: Run): boolean {
	const now = keyIn(state.look);
	return old !== undefined && now?.key === old.key && now.asked === old.asked && now.client === old.client;
}

function onWritten(state: MachineState, phase: PhaseOf<"writing">, { result, now }: EventOf<"written">): Step {
	const { run, granted } = phase;
	switch (result.kind) {
		case "written":
			return verify(state, run, granted, now);
		case "drafted": {
			const { want, enter } = plan(state);
			const timerId = want({ kind: "timer", seconds: DRAFT_SECONDS });
			return enter({ ...deliveryOf(phase), kind: "drafted", timerId });
		}
		case "busy":
			return hold(state, phase, { kind: "busy" }, now);
		case "refused":
			return giveUp(state, run, granted);
		case "changed": {
			if (isUnchanged(state, run)) return hold(state, phase, { kind: "not-kept" }, now);
			return fail(state, run, { kind: "place-changed" }, granted);
		}
		case "failed": {
			if (result.restored) return hold(state, phase, result.failure, now);
			return leave(state, phase, { kind: "write", failure: result.failure });
		}
	}
}

/** The key may still be in the place, so it is not revoked. */
export function leave(state: MachineState, { run, granted }: Delivery, reason: EndReason): Step {
	return stopAt({ ...state, settled: [...state.settled, granted.key] }, run, reason, "not-restored");
}

/** The write itself is not interrupted: what it leads to decides about the key. */
export function whileWriting(state: MachineState, phase: PhaseOf<"writing">, event: Event): Step {
	return event.kind === "written" && event.id === phase.workId ? onWritten(state, phase, event) : stay(state);
}

export function whileHeld(state: MachineState, phase: PhaseOf<"held">, event: Event): Step {
	if (isExpiry(phase, event)) return fail(state, phase.run, { kind: "expired" }, phase.granted);
	switch (event.kind) {
		case "cancel":
			return giveUp(state, phase.run, phase.granted);
		case "retry":
			return write(state, deliveryOf(phase), event.now);
		case "timer":
			return event.id === phase.timerId ? write(state, deliveryOf(phase), event.now) : stay(state);
		default:
			return stay(state);
	}
}
