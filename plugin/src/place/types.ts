import { ServerAddress } from "./server-address";

/** What the place has, as the rest of the plugin may know it. The Script itself never leaves this folder. */
export interface PlaceKey {
	/** Sent to `address` and nowhere else, never shown. */
	key: string;
	keyId?: string;
	/** The key's last four characters. */
	hint: string;
	address: ServerAddress;
	/** What else the Script's options name: servers that game code may send the key to. */
	further: string[];
	/** What the module below the Script is made of, to be told from another one. Undefined where there is none. */
	client?: string;
	/** Full name of the Script, as it may be shown. */
	path: string;
	warnings: Warning[];
}

/** It can be rotated, but will not do its work as it stands. */
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
	| { kind: "other-address"; path: string; theirs: ServerAddress; ours: ServerAddress };

export type Look = { kind: "none" } | { kind: "managed"; found: PlaceKey } | { kind: "refused"; refusal: Refusal };

/** A key for this place. Without an id where the place never said which key it had. */
export interface Grant {
	key: string;
	keyId?: string;
}

export type WriteFailure =
	| { kind: "scripts-asked" }
	| { kind: "scripts-denied" }
	| { kind: "draft" }
	| { kind: "too-long" }
	| { kind: "not-kept" }
	| { kind: "no-answer" }
	| { kind: "error"; message: string };

export type WriteResult =
	| { kind: "written"; path: string; warnings: Warning[] }
	/** Studio gave no recording, as it does during a playtest: nothing was written, and it may be tried again. */
	| { kind: "busy" }
	| { kind: "refused"; refusal: Refusal }
	/** The place is no longer what the flow began with; nothing was written. */
	| { kind: "changed" }
	/** `restored`: whether the place was read back as it had been before. */
	| { kind: "failed"; failure: WriteFailure; restored: boolean };

/** Everything that can be done to a place. */
export interface Place {
	look: () => Look;
	/** Why a key may not be written for the server at `ours` now, if it may not. */
	refusalFor: (intent: "connect" | "reconnect", ours: ServerAddress) => Refusal | undefined;
	/** One undoable step. Yields nowhere. */
	install: (grant: Grant, address: ServerAddress) => WriteResult;
	/** One undoable step. Yields; `isWanted` is asked again at the last moment. */
	replaceKey: (from: PlaceKey, grant: Grant, isWanted: () => boolean) => WriteResult;
	/** Ends whatever is being written, for a plugin that is going. */
	release: () => void;
	/** Runs `callback` when undo or redo may have changed what the place has. Returns how to stop. */
	onUndo: (callback: () => void) => () => void;
}
