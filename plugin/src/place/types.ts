import { ServerAddress } from "./server-address";

/** What the rest of the plugin may know about the managed Script, which itself never leaves this folder. */
export interface PlaceKey {
	/** Sent only to `address`, never shown. */
	key: string;
	keyId?: string;
	/** The key's last four characters. */
	hint: string;
	address: ServerAddress;
	/** The strings in the Script's options: servers that game code may send the key to. */
	apis: string[];
	/** The fingerprint of the Script's Client; undefined if there is none. */
	client?: string;
	/** The Script's full name, safe to display. */
	path: string;
	warnings: Warning[];
}

/** Why a Script whose key can be replaced will not work as it is. */
export type Warning = "disabled" | "not-archivable" | "client-missing" | "client-changed";

export type Refusal =
	| { kind: "wrong-class"; path: string; className: string; hint?: string }
	| { kind: "run-context"; path: string; runContext: string; hint?: string }
	| { kind: "exposed"; path: string; home: string; hint?: string }
	| { kind: "outside-home"; path: string; home: string }
	| { kind: "in-package"; path: string; hint?: string }
	| { kind: "in-actor"; path: string }
	| { kind: "several"; paths: string[] }
	| { kind: "name-taken"; path: string; className: string }
	| { kind: "no-key" | "several-keys" | "bad-address" | "edited"; path: string; hint?: string }
	| { kind: "other-address"; path: string; keyAddress: ServerAddress; pluginAddress: ServerAddress };

export type PlaceState =
	{ kind: "none" } | { kind: "managed"; found: PlaceKey } | { kind: "refused"; refusal: Refusal };

/** A key for this place. `keyId` is missing if the place did not record it. */
export interface Grant {
	key: string;
	keyId?: string;
}

export type WriteFailure =
	| { kind: "scripts-prompted" }
	| { kind: "scripts-denied" }
	| { kind: "draft" }
	| { kind: "too-long" }
	| { kind: "not-kept" }
	| { kind: "timed-out" }
	| { kind: "error"; message: string };

export type WriteResult =
	| { kind: "written"; path: string; warnings: Warning[] }
	/** Studio gave no recording, as during a playtest. Nothing was written; retry later. */
	| { kind: "busy" }
	| { kind: "refused"; refusal: Refusal }
	/** The place changed since the flow began. Nothing was written. */
	| { kind: "changed" }
	/** `restored`: whether the place is as it was before. */
	| { kind: "failed"; failure: WriteFailure; restored: boolean };

/** The only access to the place. */
export interface Place {
	inspect: () => PlaceState;
	/** Why no key for the server at `pluginAddress` may be written now; undefined if one may. */
	refusalFor: (intent: "connect" | "reconnect", pluginAddress: ServerAddress) => Refusal | undefined;
	/** One undoable step. Does not yield. */
	install: (grant: Grant, address: ServerAddress) => WriteResult;
	/** One undoable step. Yields; `isWanted` is checked again right before writing. */
	replaceKey: (from: PlaceKey, grant: Grant, isWanted: () => boolean) => WriteResult;
	/** Closes an open recording when the plugin unloads. */
	release: () => void;
	/** Calls `callback` after undo or redo. Returns a disconnect function. */
	onUndo: (callback: () => void) => () => void;
}
