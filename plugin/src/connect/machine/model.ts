import { PlaceKey, PlaceState, ScanReport, ServerAddress, SyncTools, WriteFailure } from "../../place";
import { Failure } from "../failures";
import { Granted, Started } from "../responses";
import { AddressProblem, EndReason, KeyCheck, KeyInPlace, Notice } from "../state";

/** What the plugin sees around it. Taken anew for every event that depends on it. */
export interface Look {
	place: PlaceState;
	tools: SyncTools;
	/** Whether the place is published. */
	published: boolean;
	/** Whether its game servers and playtests may send requests. */
	httpEnabled: boolean;
	/** The server that the plugin is set to: the only one that ever gets a key. */
	address: ServerAddress;
	/** The server that it was set to when it was downloaded. */
	baked: ServerAddress;
}

/** One click on Connect or Reconnect: what it began with. */
export interface Run {
	attempt: number;
	intent: "connect" | "reconnect";
	address: ServerAddress;
	/** The key to be replaced, with all that the user accepted about its Script. Undefined on Connect. */
	old?: PlaceKey;
}

/** What a click other than Connect and Reconnect does to the place. `find`: which copy of a key. */
export type Action = { kind: "adopt" } | { kind: "update" } | { kind: "remove-copy"; find: string };

/** Why a granted key is not in the place yet. */
export type Held = { kind: "busy" } | WriteFailure;

/**
 * What the session is doing. Fields that end in `Id` hold numbers of effects: only the event with that number counts. All
 * times are on `os.clock`.
 */
export type Phase =
	| Home
	| { kind: "settings"; typed?: string; problem?: AddressProblem }
	/** The user has to accept what is not Auxvyn's own. */
	| { kind: "ask"; found: PlaceKey; then: "reconnect" | "update" }
	| { kind: "acting"; action: Action; workId: number }
	| { kind: "scanning"; workId: number }
	| { kind: "scan"; report: ScanReport }
	| { kind: "starting"; run: Run; workId: number; notice?: Notice; scripts?: Scripts }
	| Code
	/** Granted; asks to which workspace the old key belongs. */
	| ({ kind: "comparing"; workId: number; notice?: Notice } & Delivery)
	/** Granted by another workspace. */
	| ({ kind: "confirm"; previousWorkspace?: string } & Delivery)
	| ({ kind: "writing"; workId: number } & Delivery)
	| ({ kind: "held"; why: Held; timerId?: number } & Delivery)
	/** Written, but only into a draft. `workId`: of the current look at it. */
	| ({ kind: "drafted"; timerId?: number; workId?: number } & Delivery)
	/** Taken out of the draft again, because of `why`. */
	| ({ kind: "withdrawing"; workId: number; why: "cancelled" | "expired" | "changed" } & Delivery)
	/** In the place; from the first `whoami` on it is never revoked. */
	| { kind: "verifying"; run: Run; granted: Granted; pause: number; workId?: number; timerId?: number; doubt?: Doubt }
	/** The server refused the new key: does it accept the old one? */
	| { kind: "reverting"; run: Run; granted: Granted; pause: number; refused: Refused; workId: number; keyId?: string }
	| { kind: "failed"; reason: EndReason; keyInPlace: KeyInPlace; address: ServerAddress; action?: Action }
	/** Unloading; a write that cannot be stopped any more may still report. */
	| { kind: "closed"; writing?: { run: Run; granted: Granted; workId: number } };

export interface Home {
	kind: "home";
	/** The key was installed just now. */
	fresh: boolean;
	/** Something removed the Script. */
	removed: boolean;
	/** Of checks in a row. */
	failures: number;
	checkId?: number;
	timerId?: number;
	/** The look through the whole place after an install, and what it found. */
	scanId?: number;
	report?: ScanReport;
}

/** What a first, harmless change to a script has shown. No answer is no permission. */
export type Scripts = "scripts-prompted" | "scripts-denied";

export interface Code {
	kind: "code";
	run: Run;
	started: Started;
	endsAt: number;
	interval: number;
	/** The latest time at which the request was known not to be approved. */
	approvedAfter: number;
	expiryId: number;
	/** Of the next poll. */
	timerId?: number;
	/** Of the current poll. */
	workId?: number;
	polledAt: number;
	/** Studio is asking about, or refuses, changes to scripts. */
	scripts?: Scripts;
	notice?: Notice;
}

/** A granted key in hand. */
export interface Delivery {
	run: Run;
	granted: Granted;
	/** When the server revokes it, unless it was used. */
	endsAt: number;
	expiryId: number;
}

export interface Refused {
	code: string;
	detail?: string;
}

/** Why a key in the place is not confirmed yet. No failure: no answer yet. */
export interface Doubt {
	failure?: Failure;
}

export type PhaseOf<K extends Phase["kind"]> = Extract<Phase, { kind: K }>;

export interface MachineState {
	look: Look;
	/** Whether anyone can see the widget. */
	visible: boolean;
	phase: Phase;
	/** The number of the last attempt. */
	attempt: number;
	/** The number of the last effect. */
	last: number;
	/** When the server may be asked again by itself, on `os.clock`: it has sent Retry-After. */
	quietUntil?: number;
	/** The last answer of the server about a key in the place. */
	checked?: { key: string; check: KeyCheck };
	/** Keys that attempts have left in the place or revoked: a late answer with one of them changes nothing. */
	settled: string[];
}
