/** Where in an Instance a key stands. `editor`: only in the script editor, as with a draft. */
export type Spot =
	| { kind: "source" | "editor" | "name" | "attribute-name" | "tag" }
	| { kind: "attribute" | "property"; name: string };

/**
 * What a key there means. `safe`: the managed Script's own. `exposed`: players can read it. `server`: on the server, but
 * outside the managed Script.
 */
export type Meaning = "safe" | "exposed" | "server";

/** One key in one Instance: plain data without the key. */
export interface Find {
	/** Within its report. */
	id: string;
	/** The Instance's full name, safe to display. */
	path: string;
	className: string;
	/** The key's last four characters. */
	hint: string;
	spots: Spot[];
	meaning: Meaning;
	/** The service that the Instance is in. */
	home: string;
	/** Inside a Package: everyone who uses it gets the key. */
	inPackage: boolean;
	/** Script Sync writes the key to this computer's disk. */
	onDisk: boolean;
	/** It is the managed Script's key too. */
	inUse: boolean;
	/** It is exposed, and the Instance holds nothing but the key: Remove copy can take it out of the place. */
	removable: boolean;
}

/** What a look through the whole place found. */
export interface ScanReport {
	/** The worst first. */
	finds: Find[];
	/** A key that was seen is not there any more: it may be where Auxvyn had looked before. */
	changed: boolean;
}
