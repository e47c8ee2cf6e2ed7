import { Refusal, ServerAddress, Warning, WriteFailure } from "../place";
import { Failure } from "./failures";
import { KeyReport } from "./responses";

/** What the session shows. Plain data, without keys; the words for it are in `ui/words`. */

/** Whether the key that stands in the place is one that the backend takes. */
export type KeyCheck =
	| { kind: "asking" }
	| { kind: "accepted"; report: KeyReport }
	| { kind: "rejected"; code: string; detail?: string }
	| { kind: "unknown"; failure: Failure };

export interface PlaceCard {
	path: string;
	hint: string;
	address: ServerAddress;
	warnings: Warning[];
	/** What else the Script's options name. */
	further: string[];
	check: KeyCheck;
	/** Set where the key belongs to another server than the plugin is set to. */
	otherThan?: ServerAddress;
}

/** Who approved what. */
export interface Approved {
	label: string;
	workspaceName: string;
	approvedBy: string;
}

/** What is true of the place after something went wrong. */
export type KeyInPlace =
	/** Nothing was written, and there is no key. */
	| "none"
	/** Nothing was written, and the backend takes the key. */
	| "works"
	/** Nothing was written, and the backend refuses the key. */
	| "refused"
	/** Nothing was written; whether the backend takes the key is not known. */
	| "untouched"
	/** It was written, and put back. */
	| "put-back"
	/** It could not be put back. */
	| "disturbed"
	/** The new key stands, and the backend refuses it. */
	| "new-refused";

export type EndReason =
	| { kind: "backend"; failure: Failure }
	| { kind: "write"; failure: WriteFailure }
	| { kind: "denied" }
	| { kind: "expired" }
	| { kind: "place-changed" }
	| { kind: "key-refused"; code: string; detail?: string };

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
	/** The Script's Client is not the plugin's own: whether to go on all the same. */
	| { kind: "confirm-client"; path: string }
	| { kind: "confirm"; approved: Approved; previousWorkspace?: string }
	| { kind: "installing"; address: ServerAddress; approved: Approved; step: "writing" | "trying" }
	/** The key has arrived, and Studio lets nothing be written now. */
	| { kind: "held"; approved: Approved; endsAt: number }
	| { kind: "unconfirmed"; approved: Approved; failure?: Failure; address: ServerAddress }
	| { kind: "refused"; refusal: Refusal }
	| { kind: "failed"; reason: EndReason; keyInPlace: KeyInPlace; address: ServerAddress }
	| { kind: "settings"; address: ServerAddress; baked: ServerAddress; typed?: string; problem?: AddressProblem };

export type AddressProblem = "malformed" | "insecure" | "blocked-port";

/** Trouble that passes by itself, shown beside the screen that it concerns. */
export type Note = { kind: "slow" } | { kind: "trouble"; failure: Failure };

export interface SessionState {
	screen: Screen;
	/** At work, polling included. */
	busy: boolean;
	note?: Note;
}
