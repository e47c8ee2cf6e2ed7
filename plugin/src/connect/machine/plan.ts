import { Effect, Wanted } from "./effects";
import { MachineState, Phase } from "./model";

export interface Step {
	state: MachineState;
	effects: Effect[];
}

/** Collects the effects of one step and numbers them. */
export interface Plan {
	/** Returns the effect's number. */
	want: (wanted: Wanted) => number;
	/** The step into `phase`. */
	enter: (phase: Phase) => Step;
}

export function plan(state: MachineState): Plan {
	const effects = new Array<Effect>();
	let last = state.last;
	return {
		want: (wanted) => {
			last += 1;
			effects.push({ ...wanted, id: last, attempt: state.attempt });
			return last;
		},
		enter: (phase) => ({ state: { ...state, phase, last }, effects }),
	};
}

/** How long to wait before asking the server again: `seconds`, or as long as it has asked for. */
export function pauseOf({ quietUntil }: MachineState, now: number, seconds: number): number {
	return math.max(seconds, (quietUntil ?? now) - now);
}

/** Nothing happens. */
export function stay(state: MachineState): Step {
	return { state, effects: [] };
}

/** Replaces the phase, without effects. */
export function become(state: MachineState, phase: Phase): Step {
	return { state: { ...state, phase }, effects: [] };
}
