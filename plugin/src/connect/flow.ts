import { Place, PlaceKey, ServerAddress } from "../place";
import { Attempt } from "./attempt";
import { Backend, PlaceReport } from "./backend";
import { PendingKey } from "./pending-key";
import { EndReason, KeyCheck, KeyInPlace, Notice, Screen } from "./state";

/** Everything one attempt needs. */
export interface Flow {
	attempt: Attempt;
	intent: "connect" | "reconnect";
	address: ServerAddress;
	backend: Backend;
	place: Place;
	pendingKey: PendingKey;
	/** On reconnect, the key to be replaced. */
	oldKey?: PlaceKey;
	/** The result of the last check of the old key. */
	check: () => KeyCheck | undefined;
	setCheck: (check: KeyCheck) => void;
	/** Yields while Studio looks up the place's name. */
	report: () => PlaceReport;
	show: (screen: Screen, busy: boolean) => void;
	notify: (notice?: Notice) => void;
	/** Whether the user confirmed on the `confirm` screen. */
	isConfirmed: () => boolean;
	/** Locked while the place is being written: nothing else may start. */
	lock: (locked: boolean) => void;
	/** Inspects the place again and shows the home screen. */
	goHome: (fresh: boolean, check?: KeyCheck) => void;
}

/** The state of the key in the place before anything was written. */
export function keyInPlaceBefore(flow: Flow): KeyInPlace {
	if (flow.intent === "connect") return "none";
	const check = flow.check();
	if (check?.kind === "accepted") return "works";
	return check?.kind === "rejected" ? "rejected" : "untouched";
}

/** Shows why the attempt failed. Revokes the new key unless it is in the place. */
export function fail(flow: Flow, reason: EndReason, keyInPlace = keyInPlaceBefore(flow)): void {
	flow.pendingKey.discard();
	flow.show({ kind: "failed", reason, keyInPlace, address: flow.address }, false);
}
