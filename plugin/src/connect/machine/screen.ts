import { PlaceKey, SyncTools } from "../../place";
import { Granted } from "../responses";
import { Approved, Notice, Screen, SessionState } from "../state";
import { checkOf, judged } from "./home";
import { MachineState, Phase, PhaseOf, Scripts } from "./model";

function approvedOf({ label, workspaceName, approvedBy }: Granted): Approved {
	return { label, workspaceName, approvedBy };
}

/** The tag or an attribute is missing, or names another key than the server does. */
function isAdoptable(state: MachineState, { lostMarks, keyId }: PlaceKey): boolean {
	const check = checkOf(state);
	return lostMarks || (check?.kind === "accepted" && check.report.keyId !== keyId);
}

function homeScreen(state: MachineState, { fresh, removed, report }: PhaseOf<"home">): Screen {
	const { address, published, httpEnabled, tools } = state.look;
	const place = judged(state.look);
	if (place.kind === "refused") return { kind: "refused", refusal: place.refusal };
	if (place.kind === "none") return { kind: "disconnected", address, published, removed, tools };
	const { path, hint, warnings, asks, updatable } = place.found;
	const check = checkOf(state) ?? { kind: "checking" };
	const adoptable = isAdoptable(state, place.found);
	const card = { path, hint, address, warnings, asks, adoptable, updatable, check };
	return { kind: "connected", card, fresh, published, httpEnabled, tools, report };
}

function codeScreen({ run, started, endsAt }: PhaseOf<"code">, tools: SyncTools): Screen {
	return {
		kind: "code",
		address: run.address,
		userCode: started.userCode,
		verificationUri: started.verificationUri,
		endsAt,
		lifetimeSeconds: started.expiresInSeconds,
		tools,
	};
}

function screenOf(state: MachineState): Screen {
	const { phase, look } = state;
	switch (phase.kind) {
		case "home":
			return homeScreen(state, phase);
		case "closed":
			return homeScreen(state, { kind: "home", fresh: false, removed: false, failures: 0 });
		case "settings":
			return { kind: "settings", address: look.address, baked: look.baked, typed: phase.typed, problem: phase.problem };
		case "ask":
			return { kind: "ask", path: phase.found.path, asks: phase.found.asks, then: phase.then };
		case "acting":
			return { kind: "working", action: phase.action.kind };
		case "scanning":
			return { kind: "working", action: "scan" };
		case "scan":
			return { kind: "scan", report: phase.report };
		case "starting":
			return { kind: "starting", address: phase.run.address };
		case "code":
			return codeScreen(phase, look.tools);
		case "confirm": {
			const { granted, previousWorkspace } = phase;
			return { kind: "confirm", approved: approvedOf(granted), previousWorkspace, tools: look.tools };
		}
		case "comparing":
		case "writing": {
			const { run, granted } = phase;
			return { kind: "installing", address: run.address, approved: approvedOf(granted), step: "writing" };
		}
		case "held":
			return { kind: "held", approved: approvedOf(phase.granted), endsAt: phase.endsAt, why: phase.why };
		case "drafted":
		case "withdrawing": {
			const withdrawing = phase.kind === "withdrawing";
			return { kind: "drafted", approved: approvedOf(phase.granted), endsAt: phase.endsAt, withdrawing };
		}
		case "verifying": {
			const { run, granted, doubt } = phase;
			const approved = approvedOf(granted);
			if (doubt === undefined) return { kind: "installing", address: run.address, approved, step: "verifying" };
			return { kind: "unconfirmed", address: run.address, approved, failure: doubt.failure };
		}
		case "reverting": {
			const { run, granted } = phase;
			return { kind: "installing", address: run.address, approved: approvedOf(granted), step: "verifying" };
		}
		case "failed":
			return { kind: "failed", reason: phase.reason, keyInPlace: phase.keyInPlace, address: phase.address };
	}
}

/** Working or polling, so that something will change without the user. */
function isBusy(state: MachineState): boolean {
	const { phase } = state;
	switch (phase.kind) {
		case "home":
			return phase.checkId !== undefined && checkOf(state) === undefined;
		case "held":
			return phase.timerId !== undefined;
		case "verifying":
			return phase.workId !== undefined;
		case "settings":
		case "ask":
		case "scan":
		case "confirm":
		case "failed":
		case "closed":
			return false;
		default:
			return true;
	}
}

function scriptsNotice(scripts: Scripts | undefined): Notice | undefined {
	return scripts === undefined ? undefined : { kind: "scripts", denied: scripts === "scripts-denied" };
}

function noticeOf(phase: Phase): Notice | undefined {
	if (phase.kind === "code") return phase.notice ?? scriptsNotice(phase.scripts);
	return phase.kind === "starting" || phase.kind === "comparing" ? phase.notice : undefined;
}

/** What is shown: plain data without keys. */
export function show(state: MachineState): SessionState {
	return { screen: screenOf(state), busy: isBusy(state), notice: noticeOf(state.phase) };
}
