import { WriteResult } from "../place";
import { fail, Flow, keyInPlaceBefore } from "./flow";
import { prove } from "./prove";
import { Granted } from "./responses";
import { Approved } from "./state";

/** While Studio lets nothing be written, it is tried again so often. */
const HOLD_SECONDS = 1;

type Previous = { kind: "same" } | { kind: "other"; name?: string };

/**
 * Whether the key to be replaced belongs to the workspace of the new one. A key that the backend refuses belongs to
 * none that would miss it; where there is no telling, it counts as another.
 */
function previousWorkspace(flow: Flow, granted: Granted): Previous {
	const { from, attempt, backend } = flow;
	if (from === undefined) return { kind: "same" };
	const outcome = attempt.ask(
		() => backend.whoami(from.key),
		() => flow.note({ kind: "slow" }),
	);
	flow.note();
	if (outcome?.ok) {
		flow.setCheck({ kind: "accepted", report: outcome.value });
	} else if (outcome?.failure.kind === "unauthorized") {
		const { code, detail } = outcome.failure;
		flow.setCheck({ kind: "rejected", code, detail });
		return { kind: "same" };
	}
	// Where it could not be asked now, what it said when the widget last looked: keys do not change workspaces.
	const check = flow.check();
	if (check?.kind !== "accepted") return { kind: "other" };
	const { workspaceId, workspaceName } = check.report;
	return workspaceId === granted.workspaceId ? { kind: "same" } : { kind: "other", name: workspaceName };
}

/** Whether the person said yes before the key ran out. */
function askPerson(flow: Flow, approved: Approved, previous: string | undefined, endsAt: number): boolean {
	flow.show({ kind: "confirm", approved, previousWorkspace: previous }, false);
	while (flow.attempt.isLive() && !flow.isConfirmed() && os.clock() < endsAt) {
		flow.attempt.pause(endsAt - os.clock());
	}
	return flow.attempt.isLive() && flow.isConfirmed();
}

/** Writes as soon as Studio lets it. Undefined where the attempt or the key ended before. */
function write(flow: Flow, granted: Granted, approved: Approved, endsAt: number): WriteResult | undefined {
	const { attempt, place, from, address } = flow;
	const grant = { key: granted.key, keyId: granted.keyId };
	while (attempt.isLive() && os.clock() < endsAt) {
		flow.lock(true);
		const result = from === undefined ? place.install(grant, address) : place.replaceKey(from, grant, attempt.isLive);
		flow.lock(false);
		if (result.kind !== "busy") return result;
		flow.show({ kind: "held", approved, endsAt }, true);
		attempt.pause(HOLD_SECONDS);
	}
	return undefined;
}

/** What the outcome of writing leads to. A key that is not certainly out of the place is never revoked. */
function finish(flow: Flow, granted: Granted, approved: Approved, result: WriteResult | undefined): void {
	const { attempt, hand } = flow;
	const stands = result?.kind === "written" || (result?.kind === "failed" && !result.restored);
	if (stands) hand.keep();
	else hand.discard();
	if (!attempt.isLive()) return;
	if (result === undefined) {
		fail(flow, { kind: "expired" });
		return;
	}
	switch (result.kind) {
		case "written": {
			prove(flow, granted, approved);
			return;
		}
		case "refused": {
			flow.show({ kind: "refused", refusal: result.refusal }, false);
			return;
		}
		case "failed": {
			fail(flow, { kind: "write", failure: result.failure }, result.restored ? keyInPlaceBefore(flow) : "disturbed");
			return;
		}
		default: {
			fail(flow, { kind: "place-changed" });
			return;
		}
	}
}

/** Puts the key that has arrived into the place, and proves it. `endsAt`: when the key dies unless it was used. */
export function deliver(flow: Flow, granted: Granted, endsAt: number): void {
	const { attempt, address } = flow;
	const approved = {
		label: granted.label,
		workspaceName: granted.workspaceName,
		approvedBy: granted.approvedBy,
	};
	flow.show({ kind: "installing", address, approved, step: "writing" }, true);
	const previous = previousWorkspace(flow, granted);
	if (attempt.isLive() && previous.kind === "other" && !askPerson(flow, approved, previous.name, endsAt)) {
		if (attempt.isLive()) fail(flow, { kind: "expired" });
		return;
	}
	if (!attempt.isLive()) return;

	flow.show({ kind: "installing", address, approved, step: "writing" }, true);
	task.wait();
	finish(flow, granted, approved, write(flow, granted, approved, endsAt));
}
