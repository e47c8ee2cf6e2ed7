import { KeyInPlace } from "../state";
import { Event, EventOf } from "./events";
import { checkOf, goHome, keyIn } from "./home";
import { Action, MachineState, PhaseOf } from "./model";
import { begin } from "./pairing";
import { become, plan, stay, Step } from "./plan";

/** Does what a click asked for. `accepted`: the Script that the user has answered for. */
export function act(state: MachineState, action: Action, accepted?: string): Step {
	const { want, enter } = plan(state);
	if (action.kind === "remove-copy") {
		return enter({ kind: "acting", action, workId: want({ kind: "remove-copy", find: action.find }) });
	}
	const found = keyIn(state.look);
	if (found === undefined) return goHome(state);
	if (action.kind === "update") {
		if (found.asked !== undefined && found.asked !== accepted) {
			return become(state, { kind: "ask", found, then: "update" });
		}
		return enter({ kind: "acting", action, workId: want({ kind: "update", found }) });
	}
	const check = checkOf(state);
	// The server knows which key it is; the attribute is only a claim.
	const keyId = check?.kind === "accepted" ? check.report.keyId : found.keyId;
	return enter({ kind: "acting", action, workId: want({ kind: "adopt", found: { ...found, keyId } }) });
}

function keyAfter(state: MachineState): KeyInPlace {
	if (state.look.place.kind === "none") return "none";
	const check = checkOf(state);
	return check?.kind === "accepted" ? "works" : "untouched";
}

function onActed(state: MachineState, { action }: PhaseOf<"acting">, { result }: EventOf<"written">): Step {
	const { address } = state.look;
	switch (result.kind) {
		case "written":
			return action.kind === "remove-copy" ? scan(state) : goHome(state);
		case "refused":
			return goHome(state);
		case "busy":
			return become(state, { kind: "failed", reason: { kind: "busy" }, keyInPlace: keyAfter(state), address, action });
		case "changed": {
			const reason = { kind: "place-changed" } as const;
			return become(state, { kind: "failed", reason, keyInPlace: keyAfter(state), address, action });
		}
		default: {
			const failure = result.kind === "drafted" ? ({ kind: "draft" } as const) : result.failure;
			const isRestored = result.kind === "failed" && result.restored;
			const keyInPlace = isRestored ? keyAfter(state) : "changed";
			return become(state, { kind: "failed", reason: { kind: "write", failure }, keyInPlace, address, action });
		}
	}
}

export function whileActing(state: MachineState, phase: PhaseOf<"acting">, event: Event): Step {
	return event.kind === "written" && event.id === phase.workId ? onActed(state, phase, event) : stay(state);
}

export function whileAsking(state: MachineState, phase: PhaseOf<"ask">, event: Event): Step {
	if (event.kind === "cancel") return goHome(state);
	if (event.kind !== "confirm") return stay(state);
	return phase.then === "reconnect" ? begin(state, phase.found) : act(state, { kind: "update" }, phase.found.asked);
}

export function scan(state: MachineState): Step {
	const { want, enter } = plan(state);
	return enter({ kind: "scanning", workId: want({ kind: "scan" }) });
}

export function whileScanning(state: MachineState, phase: PhaseOf<"scanning">, event: Event): Step {
	switch (event.kind) {
		case "cancel":
			return goHome(state);
		case "visible":
			return event.visible ? stay(state) : goHome(state);
		case "place-changed":
			// Studio may not announce all that undo changes.
			return event.undone === true ? scan(state) : stay(state);
		case "scanned":
			return event.id === phase.workId ? become(state, { kind: "scan", report: event.report }) : stay(state);
		default:
			return stay(state);
	}
}

export function whileScanned(state: MachineState, event: Event): Step {
	switch (event.kind) {
		case "cancel":
			return goHome(state);
		case "retry":
		case "check-place":
		case "place-changed":
			return scan(state);
		case "visible":
			// What it says is about the place as it is now.
			return event.visible ? scan(state) : stay(state);
		case "remove-copy":
			return act(state, { kind: "remove-copy", find: event.find });
		default:
			return stay(state);
	}
}
