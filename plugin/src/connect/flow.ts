import { Place, PlaceKey, ServerAddress } from "../place";
import { Attempt } from "./attempt";
import { Backend, PlaceReport } from "./backend";
import { KeyInHand } from "./key-in-hand";
import { EndReason, KeyCheck, KeyInPlace, Note, Screen } from "./state";

/** What one attempt works with. */
export interface Flow {
	attempt: Attempt;
	intent: "connect" | "reconnect";
	address: ServerAddress;
	backend: Backend;
	place: Place;
	hand: KeyInHand;
	/** The key that is to be replaced, on reconnect. */
	from?: PlaceKey;
	/** What was last heard about that key. */
	check: () => KeyCheck | undefined;
	setCheck: (check: KeyCheck) => void;
	/** Yields for a moment: Studio may have to ask for the place's name. */
	report: () => PlaceReport;
	show: (screen: Screen, busy: boolean) => void;
	note: (note?: Note) => void;
	/** Whether the question on the `confirm` screen was answered with yes. */
	isConfirmed: () => boolean;
	/** While locked the place is being written, and nothing else may begin. */
	lock: (locked: boolean) => void;
	/** Looks at the place again and shows what it has. */
	goHome: (fresh: boolean, check?: KeyCheck) => void;
}

/** What is true of the key in the place while nothing has been written. */
export function keyInPlaceBefore(flow: Flow): KeyInPlace {
	if (flow.intent === "connect") return "none";
	const check = flow.check();
	if (check?.kind === "accepted") return "works";
	return check?.kind === "rejected" ? "refused" : "untouched";
}

/** Ends the attempt in words. A key that had come is revoked, unless it stands in the place. */
export function fail(flow: Flow, reason: EndReason, keyInPlace = keyInPlaceBefore(flow)): void {
	flow.hand.discard();
	flow.show({ kind: "failed", reason, keyInPlace, address: flow.address }, false);
}
