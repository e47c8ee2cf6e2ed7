import { WriteResult } from "../place";
import { fail, Flow, keyInPlaceBefore } from "./flow";
import { Granted } from "./responses";
import { Approved } from "./state";
import { verify } from "./verify";

/** How often writing is retried while Studio does not allow it. */
const RETRY_SECONDS = 1;

type Previous = { kind: "same" } | { kind: "other"; name?: string };

/**
 * Whether the old key belongs to the same workspace as the new one. A rejected key counts as the same, since no
 * workspace loses a working key; if the workspace cannot be determined, it counts as another.
 */
function previousWorkspace(flow: Flow, granted: Granted): Previous {
	const { oldKey, attempt, backend } = flow;
	if (oldKey === undefined) return { kind: "same" };
	const outcome = attempt.run(
		() => backend.whoami(oldKey.key),
		() => flow.notify({ kind: "slow" }),
	);
	flow.notify();
	if (outcome?.ok) {
		flow.setCheck({ kind: "accepted", report: outcome.value });
	} else if (outcome?.failure.kind === "unauthorized") {
		const { code, detail } = outcome.failure;
		flow.setCheck({ kind: "rejected", code, detail });
		return { kind: "same" };
	}
	// Without a response, fall back to the last check: keys do not change workspaces.
	const check = flow.check();
	if (check?.kind !== "accepted") return { kind: "other" };
	const { workspaceId, workspaceName } = check.report;
	return workspaceId === granted.workspaceId ? { kind: "same" } : { kind: "other", name: workspaceName };
}

/** Asks the user. True if they confirmed before the key expired. */
function askToConfirm(flow: Flow, approved: Approved, previous: string | undefined, endsAt: number): boolean {
	flow.show({ kind: "confirm", approved, previousWorkspace: previous }, false);
	while (flow.attempt.isLive() && !flow.isConfirmed() && os.clock() < endsAt) {
		flow.attempt.pause(endsAt - os.clock());
	}
	return flow.attempt.isLive() && flow.isConfirmed();
}

/** Writes as soon as Studio allows it. Undefined if the attempt ended or the key expired first. */
function write(flow: Flow, granted: Granted, approved: Approved, endsAt: number): WriteResult | undefined {
	const { attempt, place, oldKey, address } = flow;
	const grant = { key: granted.key, keyId: granted.keyId };
	while (attempt.isLive() && os.clock() < endsAt) {
		flow.lock(true);
		const result =
			oldKey === undefined ? place.install(grant, address) : place.replaceKey(oldKey, grant, attempt.isLive);
		flow.lock(false);
		if (result.kind === "drafted") {
			return { kind: "failed", failure: { kind: "draft" }, restored: result.draft.undo() };
		}
		if (result.kind !== "busy") return result;
		flow.show({ kind: "held", approved, endsAt }, true);
		attempt.pause(RETRY_SECONDS);
	}
	return undefined;
}

/** Acts on the result of writing. A key that may still be in the place is never revoked. */
function finish(flow: Flow, granted: Granted, approved: Approved, result: WriteResult | undefined): void {
	const { attempt, pendingKey } = flow;
	const mayBeInPlace = result?.kind === "written" || (result?.kind === "failed" && !result.restored);
	if (mayBeInPlace) pendingKey.keep();
	else pendingKey.discard();
	if (!attempt.isLive()) return;
	if (result === undefined) {
		fail(flow, { kind: "expired" });
		return;
	}
	switch (result.kind) {
		case "written": {
			verify(flow, granted, approved);
			return;
		}
		case "refused": {
			flow.show({ kind: "refused", refusal: result.refusal }, false);
			return;
		}
		case "failed": {
			fail(flow, { kind: "write", failure: result.failure }, result.restored ? keyInPlaceBefore(flow) : "not-restored");
			return;
		}
		default: {
			fail(flow, { kind: "place-changed" });
			return;
		}
	}
}

/** Writes the granted key into the place and verifies it. `endsAt`: when the key expires unless it was used. */
export function deliver(flow: Flow, granted: Granted, endsAt: number): void {
	const { attempt, address } = flow;
	const approved = {
		label: granted.label,
		workspaceName: granted.workspaceName,
		approvedBy: granted.approvedBy,
	};
	flow.show({ kind: "installing", address, approved, step: "writing" }, true);
	const previous = previousWorkspace(flow, granted);
	if (attempt.isLive() && previous.kind === "other" && !askToConfirm(flow, approved, previous.name, endsAt)) {
		if (attempt.isLive()) fail(flow, { kind: "expired" });
		return;
	}
	if (!attempt.isLive()) return;

	flow.show({ kind: "installing", address, approved, step: "writing" }, true);
	task.wait();
	finish(flow, granted, approved, write(flow, granted, approved, endsAt));
}
