import { PlaceKey, PlaceState } from "../../place";
import { Outcome } from "../backend";
import { KeyReport } from "../responses";
import { KeyCheck } from "../state";
import { Event, EventOf } from "./events";
import { Home, Look, MachineState } from "./model";
import { become, pauseOf, plan, stay, Step } from "./plan";

/** How often the server is asked about the key in the place, counted from each answer. */
export const RECHECK_SECONDS = 10;
const MAX_RECHECK_SECONDS = 60;
/** After an install: by then a tool that syncs the place may have removed the Script. */
const LOOK_AGAIN_SECONDS = 5;

/** What the place has, for the server that the plugin is set to. */
export function judged({ place, address }: Look): PlaceState {
	if (place.kind !== "managed" || place.found.address.text === address.text) return place;
	const { path, address: keyAddress } = place.found;
	return { kind: "refused", refusal: { kind: "other-address", path, keyAddress, pluginAddress: address } };
}

/** The key in the place, if it is for the plugin's server and nothing is to be refused. */
export function keyIn(look: Look): PlaceKey | undefined {
	const place = judged(look);
	return place.kind === "managed" ? place.found : undefined;
}

/** The server's last answer about the key that is in the place now. */
export function checkOf(state: MachineState): KeyCheck | undefined {
	return state.checked !== undefined && state.checked.key === keyIn(state.look)?.key ? state.checked.check : undefined;
}

/** @param now on `os.clock`, where the answer is followed by others */
export function toCheck(outcome: Outcome<KeyReport>, now = 0): KeyCheck {
	if (outcome.ok) return { kind: "accepted", report: outcome.value, minute: math.floor(now / 60) };
	const { failure } = outcome;
	if (failure.kind !== "unauthorized") return { kind: "unknown", failure };
	return { kind: "rejected", code: failure.code, detail: failure.detail };
}

/** Asks the server about the key in the place; without one, looks again later. */
function ask(state: MachineState, phase: Home): Step {
	const { want, enter } = plan(state);
	const found = keyIn(state.look);
	if (!state.visible) return enter({ ...phase, checkId: undefined, timerId: undefined });
	if (found === undefined) {
		return enter({ ...phase, checkId: undefined, timerId: want({ kind: "timer", seconds: RECHECK_SECONDS }) });
	}
	const checkId = want({ kind: "whoami", address: state.look.address, key: found.key });
	return enter({ ...phase, checkId, timerId: undefined });
}

function askLater(state: MachineState, phase: Home, seconds: number): Step {
	const { want, enter } = plan(state);
	const timerId = state.visible ? want({ kind: "timer", seconds }) : undefined;
	return enter({ ...phase, checkId: undefined, timerId });
}

/** `fresh`: the key was installed just now, and the server has accepted it. */
export function goHome(state: MachineState, { fresh = false, removed = false } = {}): Step {
	const phase: Home = { kind: "home", fresh, removed, failures: 0 };
	if (checkOf(state)?.kind !== "accepted" || !fresh) return ask({ ...state, checked: undefined }, phase);
	const { want, enter } = plan(state);
	const scanId = want({ kind: "scan" });
	const scanning = enter(phase);
	const later = askLater(scanning.state, { ...phase, scanId }, LOOK_AGAIN_SECONDS);
	return { state: later.state, effects: [...scanning.effects, ...later.effects] };
}

function onAnswer(state: MachineState, phase: Home, { key, outcome, now }: EventOf<"checked">): Step {
	// Another key by now: its own check is on the way.
	if (key !== keyIn(state.look)?.key) return ask({ ...state, checked: undefined }, phase);
	const check = toCheck(outcome, now);
	const failures = check.kind === "unknown" ? phase.failures + 1 : 0;
	const seconds = math.min(RECHECK_SECONDS * 2 ** failures, MAX_RECHECK_SECONDS);
	return askLater({ ...state, checked: { key, check } }, { ...phase, failures }, pauseOf(state, now, seconds));
}

/** The place may have changed. `before`: what it was. */
function onLook(state: MachineState, phase: Home, before: Look, undone: boolean): Step {
	const isGone = state.look.place.kind === "none";
	const removed = isGone && !undone && (phase.removed || before.place.kind === "managed");
	const now = keyIn(state.look);
	const changed = now?.key !== keyIn(before)?.key || now?.address.text !== keyIn(before)?.address.text;
	const looked = { ...phase, removed };
	return changed
		? ask(
				{ ...state, checked: undefined },
				{ ...looked, fresh: false, failures: 0, scanId: undefined, report: undefined },
			)
		: become(state, looked);
}

/** Looks through the whole place again. What it found before stays until then. */
function checkPlace(state: MachineState, phase: Home): Step {
	const { want, enter } = plan(state);
	return enter({ ...phase, scanId: want({ kind: "scan" }) });
}

export function atHome(state: MachineState, phase: Home, event: Event, before: Look): Step {
	const looked = onLook(state, phase, before, event.kind === "place-changed" && event.undone === true);
	const { state: current } = looked;
	if (current.phase.kind !== "home" || looked.effects.size() > 0) return looked;
	switch (event.kind) {
		case "visible":
			return ask(
				{ ...current, checked: undefined },
				{ kind: "home", fresh: false, removed: current.phase.removed, failures: 0 },
			);
		case "place-changed":
			return current.phase.fresh ? checkPlace(current, current.phase) : looked;
		case "scanned":
			return event.id === phase.scanId ? become(current, { ...current.phase, report: event.report }) : looked;
		case "retry":
			return ask({ ...current, checked: undefined }, { ...current.phase, failures: 0 });
		case "timer":
			return event.id === phase.timerId ? ask(current, current.phase) : looked;
		case "slow": {
			// Nothing is known until there is an answer.
			const isStale = event.id === phase.checkId && checkOf(current)?.kind === "accepted";
			return isStale ? stay({ ...current, checked: undefined }) : looked;
		}
		case "checked":
			return event.id === phase.checkId ? onAnswer(current, current.phase, event) : looked;
		default:
			return looked;
	}
}
