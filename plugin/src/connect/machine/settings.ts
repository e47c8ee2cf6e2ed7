import { Event } from "./events";
import { goHome } from "./home";
import { MachineState, PhaseOf } from "./model";
import { become, plan, stay, Step } from "./plan";

export function whileInSettings(state: MachineState, phase: PhaseOf<"settings">, event: Event): Step {
	const { want, enter } = plan(state);
	switch (event.kind) {
		case "cancel":
			return goHome(state);
		case "save-address":
			want({ kind: "choose-address", text: event.text });
			return enter(phase);
		case "use-baked-address":
			want({ kind: "use-baked-address" });
			return enter(phase);
		case "address-chosen": {
			if (event.problem === undefined) return goHome(state);
			return become(state, { kind: "settings", typed: event.text, problem: event.problem });
		}
		default:
			return stay(state);
	}
}
