import { ScanReport, ServerAddress, WriteResult } from "../../place";
import { Outcome, PollOutcome } from "../backend";
import { KeyReport, Started } from "../responses";
import { AddressProblem } from "../state";
import { Look, Scripts } from "./model";

/** How writing ended, as plain data. The draft itself stays with the performer. */
export type Written = Exclude<WriteResult, { kind: "drafted" }> | { kind: "drafted" };

/** What the user did. */
export type UserEvent =
	/** Connect or Reconnect, depending on the place. */
	| { kind: "connect" }
	| { kind: "retry" }
	/** Cancel, and Back. */
	| { kind: "cancel" }
	/** Replace, or Use it anyway. */
	| { kind: "confirm" }
	| { kind: "adopt" }
	| { kind: "update" }
	| { kind: "check-place" }
	/** `find`: the id of an entry in the report on screen. */
	| { kind: "remove-copy"; find: string }
	| { kind: "open-settings" }
	| { kind: "save-address"; text: string }
	| { kind: "use-baked-address" };

/** What happened around the plugin. */
export type OutsideEvent =
	/** Something that the place is judged by has changed, or undo or redo may have changed it. */
	{ kind: "place-changed"; undone?: boolean } | { kind: "visible"; visible: boolean } | { kind: "unload" };

/** What an effect led to. `id` and `attempt` are the effect's. */
export type Answer = { id: number; attempt: number } & (
	| { kind: "timer" }
	/** A request has had no answer for some seconds. */
	| { kind: "slow" }
	| { kind: "provoked"; scripts?: Scripts }
	| { kind: "started"; outcome: Outcome<Started> }
	/** `address`: of the server that answered. */
	| { kind: "polled"; address: ServerAddress; outcome: PollOutcome }
	| { kind: "checked"; key: string; outcome: Outcome<KeyReport> }
	/** Of `install`, `replace`, `finish-draft`, `restore` and actions. */
	| { kind: "written"; result: Written }
	| { kind: "withdrawn"; restored: boolean }
	| { kind: "scanned"; report: ScanReport }
	| { kind: "address-chosen"; text?: string; problem?: AddressProblem }
);

export type Event = (UserEvent | OutsideEvent | Answer) & {
	/** On `os.clock`. */
	now: number;
	/** With every event that may depend on it. */
	look?: Look;
};

export type EventOf<K extends Event["kind"]> = Extract<Event, { kind: K }>;
