import { Event } from "./events";
import { MachineState, PhaseOf } from "./model";
import { plan, stay, Step } from "./plan";

/**
 * The plugin unloads. A granted key that is not in the place is revoked. A write that has begun cannot be stopped for
 * sure: its key is revoked only once it is known not to be in the place; otherwise it stays, for the next plugin to confirm.
 */
export function close(state: MachineState): Step {
	const { want, enter } = plan(state);
	const { phase } = state;
	let writing: PhaseOf<"closed">["writing"];
	if (phase.kind === "comparing" || phase.kind === "confirm" || phase.kind === "held") {
		want({ kind: "revoke", address: phase.run.address, key: phase.granted.key });
	} else if (phase.kind === "drafted") {
		const { run, granted } = phase;
		writing = { run, granted, workId: want({ kind: "withdraw-draft" }) };
	} else if (phase.kind === "writing" || phase.kind === "withdrawing") {
		const { run, granted, workId } = phase;
		writing = { run, granted, workId };
	}
	want({ kind: "release" });
	return enter({ kind: "closed", writing });
}

export function whileClosed(state: MachineState, { writing }: PhaseOf<"closed">, event: Event): Step {
	if (writing === undefined || !("id" in event) || event.id !== writing.workId) return stay(state);
	const { want, enter } = plan(state);
	const { run, granted } = writing;
	if (event.kind === "written" && event.result.kind === "drafted") {
		return enter({ kind: "closed", writing: { run, granted, workId: want({ kind: "withdraw-draft" }) } });
	}
	if (event.kind !== "written" && event.kind !== "withdrawn") return stay(state);
	const mayBeInPlace =
		event.kind === "withdrawn"
			? !event.restored
			: event.result.kind === "written" || (event.result.kind === "failed" && !event.result.restored);
	if (!mayBeInPlace) want({ kind: "revoke", address: run.address, key: granted.key });
	return enter({ kind: "closed" });
}
