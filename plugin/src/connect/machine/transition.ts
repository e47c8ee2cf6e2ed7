import { act, scan, whileActing, whileAsking, whileScanned, whileScanning } from "./actions";
import { close, whileClosed } from "./closing";
import { whileComparing, whileConfirming, whileHeld, whileWriting } from "./delivery";
import { whileDrafted, whileWithdrawing } from "./drafts";
import { Event, EventOf } from "./events";
import { atHome, goHome } from "./home";
import { Look, MachineState, PhaseOf } from "./model";
import { begin, whileStarting, whileWaiting } from "./pairing";
import { become, plan, stay, Step } from "./plan";
import { whileInSettings } from "./settings";
import { whileReverting, whileVerifying } from "./verifying";

/** The key that the current attempt has in hand. */
function keyInHand({ phase }: MachineState): string | undefined {
	if (phase.kind === "closed") return phase.writing?.granted.key;
	return "granted" in phase ? phase.granted.key : undefined;
}

/** A key that was granted to an attempt that has ended. */
function strayKey(state: MachineState, event: EventOf<"polled">): string | undefined {
	if (!event.outcome.ok) return undefined;
	if (state.phase.kind === "code" && state.phase.run.attempt === event.attempt) return undefined;
	const { key } = event.outcome.value;
	return key === keyInHand(state) || state.settled.includes(key) ? undefined : key;
}

function whileFailed(state: MachineState, phase: PhaseOf<"failed">, event: Event): Step {
	if (event.kind === "cancel") return goHome(state);
	if (event.kind !== "retry") return stay(state);
	return phase.action === undefined ? begin(state) : act(state, phase.action);
}

function onHomeClick(state: MachineState, event: Event): Step | undefined {
	switch (event.kind) {
		case "connect":
			return begin(state);
		case "adopt":
			return act(state, { kind: "adopt" });
		case "update":
			return act(state, { kind: "update" });
		case "check-place":
			return scan(state);
		case "open-settings":
			return become(state, { kind: "settings" });
		default:
			return undefined;
	}
}

function dispatch(state: MachineState, event: Event, before: Look): Step {
	const { phase } = state;
	switch (phase.kind) {
		case "home":
			return onHomeClick(state, event) ?? atHome(state, phase, event, before);
		case "settings":
			return whileInSettings(state, phase, event);
		case "ask":
			return whileAsking(state, phase, event);
		case "acting":
			return whileActing(state, phase, event);
		case "scanning":
			return whileScanning(state, phase, event);
		case "scan":
			return whileScanned(state, event);
		case "starting":
			return whileStarting(state, phase, event);
		case "code":
			return whileWaiting(state, phase, event);
		case "comparing":
			return whileComparing(state, phase, event);
		case "confirm":
			return whileConfirming(state, phase, event);
		case "writing":
			return whileWriting(state, phase, event);
		case "held":
			return whileHeld(state, phase, event);
		case "drafted":
			return whileDrafted(state, phase, event);
		case "withdrawing":
			return whileWithdrawing(state, phase, event);
		case "verifying":
			return whileVerifying(state, phase, event);
		case "reverting":
			return whileReverting(state, phase, event);
		case "failed":
			return whileFailed(state, phase, event);
		case "closed":
			return whileClosed(state, phase, event);
	}
}

/** Until when the server wants to be left alone. Another server may be asked at once. */
function quietUntil(before: MachineState, event: Event): number | undefined {
	if (event.kind === "address-chosen") return undefined;
	const outcome = "outcome" in event ? event.outcome : undefined;
	if (outcome === undefined) return before.quietUntil;
	if (outcome.ok || "pending" in outcome) return undefined;
	const { failure } = outcome;
	const seconds = failure.kind === "overloaded" ? failure.retryAfterSeconds : undefined;
	return seconds === undefined ? before.quietUntil : event.now + seconds;
}

/**
 * What happens next, and what is to be done for it. Pure: no Instances, requests or clocks. Answers to effects that nobody
 * waits for any more change nothing; a key in one is revoked.
 */
export function transition(before: MachineState, event: Event): Step {
	const state = {
		...before,
		look: event.look ?? before.look,
		visible: event.kind === "visible" ? event.visible : before.visible,
		quietUntil: quietUntil(before, event),
	};
	const stray = event.kind === "polled" ? strayKey(state, event) : undefined;
	if (event.kind === "polled" && stray !== undefined) {
		const { want, enter } = plan({ ...state, settled: [...state.settled, stray] });
		want({ kind: "revoke", address: event.address, key: stray });
		return enter(state.phase);
	}
	if (event.kind === "unload") return state.phase.kind === "closed" ? stay(state) : close(state);
	return dispatch(state, event, before.look);
}

/** Before anything was seen or asked: `visible` and the first look come as an event. */
export function initialState(look: Look): MachineState {
	return {
		look,
		visible: false,
		phase: { kind: "home", fresh: false, removed: false, failures: 0 },
		attempt: 0,
		last: 0,
		settled: [],
	};
}
