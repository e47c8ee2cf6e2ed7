import { Granted } from "../responses";
import { EndReason, KeyInPlace } from "../state";
import { checkOf, goHome } from "./home";
import { MachineState, Run } from "./model";
import { plan, stay, Step } from "./plan";

/** The state of the key in the place while nothing has been written. */
function keyInPlaceBefore(state: MachineState, run: Run): KeyInPlace {
	if (run.intent === "connect") return "none";
	const check = checkOf(state);
	if (check?.kind === "accepted") return "works";
	return check?.kind === "rejected" ? "rejected" : "untouched";
}

function revoking(state: MachineState, run: Run, granted: Granted | undefined): Step {
	if (granted === undefined) return stay(state);
	const { want, enter } = plan({ ...state, settled: [...state.settled, granted.key] });
	want({ kind: "revoke", address: run.address, key: granted.key });
	return enter(state.phase);
}

function andThen(first: Step, follow: (state: MachineState) => Step): Step {
	const second = follow(first.state);
	return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** Ends the attempt. A granted key, which is not in the place, is revoked. */
export function giveUp(state: MachineState, run: Run, granted?: Granted): Step {
	return andThen(revoking(state, run, granted), (ended) => goHome(ended));
}

/** Says why the attempt failed. A granted key, which is not in the place, is revoked. */
export function fail(state: MachineState, run: Run, reason: EndReason, granted?: Granted): Step {
	return andThen(revoking(state, run, granted), (ended) => stopAt(ended, run, reason, keyInPlaceBefore(state, run)));
}

/** Says why the attempt failed after the place was written. */
export function stopAt(state: MachineState, run: Run, reason: EndReason, keyInPlace: KeyInPlace): Step {
	return plan(state).enter({ kind: "failed", reason, keyInPlace, address: run.address });
}
