import { Ask, Refusal, ScanReport, ServerAddress, SyncTools, Warning, WriteFailure } from "../place";
import { Failure } from "./failures";
import { Action, Held } from "./machine/model";
import { KeyReport } from "./responses";

/** What the session shows: plain data without keys. The texts for it are in `ui/text`. */

/** Whether the backend accepts the key in the place. */
export type KeyCheck =
	| { kind: "checking" }
	/** `minute`: of the answer. With each, what is said of times ago is said anew. */
	| { kind: "accepted"; report: KeyReport; minute: number }
	| { kind: "rejected"; code: string; detail?: string }
	| { kind: "unknown"; failure: Failure };

export interface PlaceCard {
	path: string;
	hint: string;
	address: ServerAddress;
	warnings: Warning[];
	asks: Ask[];
	/** Whether Adopt, or Update, is offered. */
	adoptable: boolean;
	updatable: boolean;
	check: KeyCheck;
}

/** The new key, and who approved it. */
export interface Approved {
	label: string;
	workspaceName: string;
	approvedBy: string;
}

/** The state of the key in the place after a failure. */
export type KeyInPlace =
	/** Nothing was written; there is no key. */
	| "none"
	/** Nothing was written; the backend accepts the key. */
	| "works"
	/** Nothing was written; the backend rejects the key. */
	| "rejected"
	/** Nothing was written; the key could not be checked. */
	| "untouched"
	/** The old key was replaced, then restored. */
	| "restored"
	/** The old key is back in the Script's draft, which the user has to commit. */
	| "restored-in-draft"
	/** Something other than the key was written and could not be undone. */
	| "changed"
	/** The old key was replaced and could not be restored. */
	| "not-restored"
	/** The new key is in the place; the backend rejects it. */
	| "new-rejected";

export type EndReason =
	| { kind: "backend"; failure: Failure }
	| { kind: "write"; failure: WriteFailure }
	| { kind: "denied" }
	| { kind: "expired" }
	/** Studio gave no recording, as during a playtest. */
	| { kind: "busy" }
	| { kind: "place-changed" }
	| { kind: "key-rejected"; code: string; detail?: string };

export type ScreenOf<K extends Screen["kind"]> = Extract<Screen, { kind: K }>;

export type Screen =
	/** `removed`: something removed the Script while the widget was open. */
	| { kind: "disconnected"; address: ServerAddress; published: boolean; removed: boolean; tools: SyncTools }
	| {
			kind: "connected";
			card: PlaceCard;
			fresh: boolean;
			published: boolean;
			httpEnabled: boolean;
			tools: SyncTools;
			/** What the look through the whole place after an install has found. */
			report?: ScanReport;
	  }
	| { kind: "starting"; address: ServerAddress }
	| {
			kind: "code";
			address: ServerAddress;
			userCode: string;
			verificationUri: string;
			/** On `os.clock`. */
			endsAt: number;
			lifetimeSeconds: number;
			tools: SyncTools;
	  }
	/** Asks whether to go on although the Script has something that is not Auxvyn's own. */
	| { kind: "ask"; path: string; asks: Ask[]; then: "reconnect" | "update" }
	| { kind: "confirm"; approved: Approved; previousWorkspace?: string; tools: SyncTools }
	| { kind: "installing"; address: ServerAddress; approved: Approved; step: "writing" | "verifying" }
	/** The key was granted and stays in hand, but Studio does not allow changes now. */
	| { kind: "held"; approved: Approved; endsAt: number; why: Held }
	/** The new key is in a draft, which the user has to commit. */
	| { kind: "drafted"; approved: Approved; endsAt: number; withdrawing: boolean }
	| { kind: "working"; action: Action["kind"] | "scan" }
	| { kind: "scan"; report: ScanReport }
	| { kind: "unconfirmed"; approved: Approved; failure?: Failure; address: ServerAddress }
	| { kind: "refused"; refusal: Refusal }
	| { kind: "failed"; reason: EndReason; keyInPlace: KeyInPlace; address: ServerAddress }
	| { kind: "settings"; address: ServerAddress; baked: ServerAddress; typed?: string; problem?: AddressProblem };

export type AddressProblem = "malformed" | "insecure" | "blocked-port";

/** A transient problem, shown on the current screen. */
export type Notice =
	| { kind: "slow" }
	| { kind: "failure"; failure: Failure }
	/** Studio asks, or has refused for now, whether Auxvyn may change scripts. */
	| { kind: "scripts"; denied: boolean };

export interface SessionState {
	screen: Screen;
	/** Working or polling. */
	busy: boolean;
	notice?: Notice;
}
