import { Grant, PlaceKey, ServerAddress } from "../../place";

/** What the machine wants done. `address` is always the server that the plugin is set to: no other ever gets a key. */
export type Wanted =
	/** Answers `timer`. */
	| { kind: "timer"; seconds: number }
	/** Makes Studio ask whether scripts may be changed, if it has not asked yet. Answers `provoked`. */
	| { kind: "provoke" }
	/** Asks for a code. Answers `started`, perhaps `slow` before. */
	| {
			kind: "start";
			address: ServerAddress;
			intent: "connect" | "reconnect";
			previous?: { key: string; keyId?: string };
	  }
	/** Answers `polled`, perhaps `slow` before. */
	| { kind: "poll"; address: ServerAddress; deviceCode: string }
	/** Answers `checked`, perhaps `slow` before. */
	| { kind: "whoami"; address: ServerAddress; key: string }
	/** In the background, repeated until it works. No answer. */
	| { kind: "revoke"; address: ServerAddress; key: string }
	/** These five answer `written`. */
	| { kind: "install"; address: ServerAddress; grant: Grant }
	| { kind: "replace"; from: PlaceKey; grant: Grant }
	| { kind: "adopt"; found: PlaceKey }
	| { kind: "update"; found: PlaceKey }
	| { kind: "remove-copy"; find: string }
	/** Completes the draft of this attempt if the user has committed it. Answers `written`. */
	| { kind: "finish-draft" }
	/** Takes the key out of the draft again. Answers `withdrawn`. */
	| { kind: "withdraw-draft" }
	/** Looks for keys in the whole place. Answers `scanned`. */
	| { kind: "scan" }
	/** Both answer `address-chosen`. */
	| { kind: "choose-address"; text: string }
	| { kind: "use-baked-address" }
	/** Closes what would outlive the plugin. No answer. */
	| { kind: "release" };

/** Answers carry both numbers. */
export type Effect = Wanted & { id: number; attempt: number };
