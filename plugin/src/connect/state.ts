import { Ask, Refusal, ServerAddress, Warning, WriteFailure } from "../place";
import { Failure } from "./failures";
import { KeyReport } from "./responses";

/** What the session shows: plain data without keys. The texts for it are in `ui/text`. */

/** Whether the backend accepts the key in the place. */
export type KeyCheck =
	| { kind: "checking" }
	| { kind: "accepted"; report: KeyReport }
	| { kind: "rejected"; code: string; detail?: string }
	| { kind: "unknown"; failure: Failure };

export interface PlaceCard {
	path: string;
	hint: string;
	address: ServerAddress;
	warnings: Warning[];
	asks: Ask[];
	/** The strings in the Script's options. */
	apis: string[];
	check: KeyCheck;
	/** The address the plugin is set to, if the key is for another server. */
	otherAddress?: ServerAddress;
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
	/** The old key was replaced and could not be restored. */
	| "not-restored"
	/** The new key is in the place; the backend rejects it. */
	| "new-rejected";

export type EndReason =
	| { kind: "backend"; failure: Failure }
	| { kind: "write"; failure: WriteFailure }
	| { kind: "denied" }
	| { kind: "expired" }
	| { kind: "place-changed" }
	| { kind: "key-rejected"; code: string; detail?: string };

export type ScreenOf<K extends Screen["kind"]> = Extract<Screen, { kind: K }>;

export type Screen =
	| { kind: "disconnected"; address: ServerAddress; published: boolean }
	| { kind: "connected"; card: PlaceCard; fresh: boolean; published: boolean; httpEnabled: boolean }
	| { kind: "starting"; address: ServerAddress }
	| {
			kind: "code";
			address: ServerAddress;
			userCode: string;
			verificationUri: string;
			/** On `os.clock`. */
			endsAt: number;
			lifetimeSeconds: number;
	  }
	/** Asks whether to continue although the Script's Client is not the plugin's own. */
	| { kind: "confirm-client"; path: string }
	| { kind: "confirm"; approved: Approved; previousWorkspace?: string }
	| { kind: "installing"; address: ServerAddress; approved: Approved; step: "writing" | "verifying" }
	/** The key was granted, but Studio does not allow changes now. */
	| { kind: "held"; approved: Approved; endsAt: number }
	| { kind: "unconfirmed"; approved: Approved; failure?: Failure; address: ServerAddress }
	| { kind: "refused"; refusal: Refusal }
	| { kind: "failed"; reason: EndReason; keyInPlace: KeyInPlace; address: ServerAddress }
	| { kind: "settings"; address: ServerAddress; baked: ServerAddress; typed?: string; problem?: AddressProblem };

export type AddressProblem = "malformed" | "insecure" | "blocked-port";

/** A transient problem, shown on the current screen. */
export type Notice = { kind: "slow" } | { kind: "failure"; failure: Failure };

export interface SessionState {
	screen: Screen;
	/** Working or polling. */
	busy: boolean;
	notice?: Notice;
}
