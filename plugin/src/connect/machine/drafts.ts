import { deliveryOf, DRAFT_SECONDS, isExpiry, leave } from "./delivery";
import { Event } from "./events";
import { fail, giveUp } from "./failing";
import { Delivery, MachineState, PhaseOf } from "./model";
import { plan, stay, Step } from "./plan";
import { verify } from "./verifying";

type Drafted = PhaseOf<"drafted">;
type Withdrawing = PhaseOf<"withdrawing">;

function lookAtDraft(state: MachineState, phase: Drafted): Step {
	const { want, enter } = plan(state);
	return enter({ ...phase, timerId: undefined, workId: want({ kind: "finish-draft" }) });
}

function withdraw(state: MachineState, delivery: Delivery, why: Withdrawing["why"]): Step {
	const { want, enter } = plan(state);
	return enter({ ...deliveryOf(delivery), kind: "withdrawing", why, workId: want({ kind: "withdraw-draft" }) });
}

/** The new key is only in a draft: it is confirmed once the user has committed that, and taken out again otherwise. */
export function whileDrafted(state: MachineState, phase: Drafted, event: Event): Step {
	if (isExpiry(phase, event)) return withdraw(state, phase, "expired");
	switch (event.kind) {
		case "cancel":
			return withdraw(state, phase, "cancelled");
		case "retry":
		case "place-changed":
			return phase.workId === undefined ? lookAtDraft(state, phase) : stay(state);
		case "timer":
			return event.id === phase.timerId ? lookAtDraft(state, phase) : stay(state);
		case "written": {
			if (event.id !== phase.workId) return stay(state);
			if (event.result.kind === "written") return verify(state, phase.run, phase.granted, event.now);
			if (event.result.kind !== "drafted" && event.result.kind !== "busy") return withdraw(state, phase, "changed");
			const { want, enter } = plan(state);
			return enter({ ...phase, workId: undefined, timerId: want({ kind: "timer", seconds: DRAFT_SECONDS }) });
		}
		default:
			return stay(state);
	}
}

export function whileWithdrawing(state: MachineState, phase: Withdrawing, event: Event): Step {
	if (event.kind !== "withdrawn" || event.id !== phase.workId) return stay(state);
	const { run, granted, why } = phase;
	if (!event.restored) return leave(state, phase, { kind: "write", failure: { kind: "draft" } });
	if (why === "cancelled") return giveUp(state, run, granted);
	return fail(state, run, { kind: why === "expired" ? "expired" : "place-changed" }, granted);
}
