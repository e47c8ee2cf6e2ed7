import { ScanReport } from "./scan/types";
import { ServerAddress } from "./server-address";
import { SourceFacts } from "./source";

/** What the rest of the plugin may know about the managed Script, which itself never leaves this folder. */
export interface PlaceKey {
	/** Sent only to `address`, never shown. */
	key: string;
	/** What the Script's attribute says: a claim, until the server confirms it. */
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
	form: SourceFacts["form"];
	/** The tag or an attribute is missing, as after Script Sync: Adopt gives them back. */
	lostMarks: boolean;
	/** The Script or its Client is not of this version of the plugin: Update replaces their code. */
	updatable: boolean;
	/** What only the user can answer for: a new key needs Use it anyway. */
	asks: Ask[];
	/** What exactly `asks` are about. It changes with any part of it, and is undefined if there is nothing to ask. */
	asked?: string;
	warnings: Warning[];
}

/** Why a Script whose key can be replaced will not work as it is. */
export type Warning = "disabled" | "not-archivable" | "client-missing";

/** Something in the managed Script that Auxvyn did not put there. */
export type Ask =
	/** Code of the Script, by 1-based line numbers. */
	| { kind: "edited"; lines: number[] }
	/** Modules of its Client that are changed, missing or added, by their names below the Script. */
	| { kind: "client"; modules: string[] }
	/** Servers besides the Script's own that game code may send the key to. */
	| { kind: "apis"; origins: string[] };

/** Why one Script cannot be the managed one as it is. Its key counts as leaked for the first three kinds. */
export type Reason =
	| { kind: "exposed"; path: string; home: string; hint?: string }
	| { kind: "wrong-class"; path: string; className: string; hint?: string }
	| { kind: "run-context"; path: string; runContext: string; hint?: string }
	| { kind: "outside-home"; path: string; home: string }
	| { kind: "in-package"; path: string; hint?: string }
	| { kind: "in-actor"; path: string }
	/** Studio runs a linked asset instead of its source. */
	| { kind: "linked"; path: string; hint?: string }
	| { kind: "no-key" | "several-keys" | "bad-address"; path: string; hint?: string };

/** One of several Scripts that look like the managed one. */
export interface Claimant {
	path: string;
	hint?: string;
	/** The server its key is for, if its source says so. */
	host?: string;
	/** Empty: it can stay as it is. */
	reasons: Reason[];
	/** It has the same key as the only one that can stay. */
	sharesKey: boolean;
}

/** Something else that has the managed Script's name in ServerScriptService. */
export interface Namesake {
	path: string;
	className: string;
}

/** Why the place is not changed. All that stands in the way is in one refusal, so its steps lead to no other. */
export type Refusal = (
	| Reason
	| { kind: "several"; claimants: Claimant[] }
	/** `hint`: of the key in the managed Script, if there is one besides. */
	| { kind: "name-taken"; path: string; className: string; hint?: string }
	| { kind: "other-address"; path: string; keyAddress: ServerAddress; pluginAddress: ServerAddress }
) & {
	/** More reasons about the same Script. */
	more?: Reason[];
	namesake?: Namesake;
};

export type PlaceState =
	| { kind: "none" }
	| { kind: "managed"; found: PlaceKey }
	| { kind: "refused"; refusal: Refusal };

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

/** A key that reached only the script editor's draft of the managed Script. The user has to commit the draft. */
export interface Draft {
	/** The Script's full name, safe to display. */
	path: string;
	isCommitted: () => boolean;
	/** Sets the key id attribute of the committed Script. One undoable step. */
	finish: () => WriteResult;
	/** Takes the new key out of the draft again. Yields. True if neither the place nor the draft has it. */
	undo: () => boolean;
}

/** Tools that keep a place and files alike. */
export interface SyncTools {
	/** Someone syncs the place by Rojo now. False says nothing: Rojo tells only in Team Create. */
	rojo: boolean;
	/** What Script Sync writes to disk, the Script included, or would with the Script in it. */
	syncedPath?: string;
}

export type WriteResult =
	| { kind: "written"; path: string; warnings: Warning[] }
	| { kind: "drafted"; draft: Draft }
	/** Studio gave no recording, as during a playtest. Nothing was written; retry later. */
	| { kind: "busy" }
	| { kind: "refused"; refusal: Refusal }
	/** The place changed since the flow began. Nothing was written. */
	| { kind: "changed" }
	/** `restored`: whether the place is as it was before. */
	| { kind: "failed"; failure: WriteFailure; restored: boolean };

/** The only access to the place. */
export interface Place {
	/** Inspects the place, and the tools that may copy the key or remove the Script. */
	look: () => { place: PlaceState; tools: SyncTools };
	/** One undoable step. Does not yield. */
	install: (grant: Grant, address: ServerAddress) => WriteResult;
	/**
	 * One undoable step. Yields; `isWanted` is checked again right before writing. `from` is what the user accepted: if the
	 * place asks something else by now, nothing is written.
	 */
	replaceKey: (from: PlaceKey, grant: Grant, isWanted: () => boolean) => WriteResult;
	/**
	 * Gives the managed Script its tag and attributes back, with `found.keyId` as the key's id. One undoable step; the
	 * source stays. Does not yield.
	 */
	adopt: (found: PlaceKey) => WriteResult;
	/** Replaces the code of the Script and its Client by this version's. Key and options stay. Like `replaceKey`. */
	update: (found: PlaceKey, isWanted: () => boolean) => WriteResult;
	/** Looks for keys in the whole place, in slices. Yields. Undefined as soon as it is not wanted any more. */
	scan: (isWanted: () => boolean) => ScanReport | undefined;
	/** Removes the find with that id, if it still is an exposed copy and nothing else. One undoable step. Does not yield. */
	removeCopy: (find: string) => WriteResult;
	/** Selects the find with that id in the Explorer. */
	selectFind: (find: string) => void;
	/** Makes Studio ask whether scripts may be changed, by an empty Script that is in no place. Its error, if any. */
	provoke: () => WriteFailure | undefined;
	/** Selects in the Explorer what the last inspection was about. */
	select: () => void;
	/**
	 * Calls `callback` soon after anything changed that `look` depends on, once for many changes. Returns a function that
	 * stops it.
	 */
	watch: (callback: () => void) => () => void;
	/** Closes an open recording when the plugin unloads. */
	release: () => void;
	/** Calls `callback` after undo or redo. Returns a disconnect function. */
	onUndo: (callback: () => void) => () => void;
}
