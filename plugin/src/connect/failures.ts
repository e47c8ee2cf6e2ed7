/** Why the backend gave no usable answer. What is shown for each is in `ui/words`. */
export type Failure =
	/** The person, or an earlier answer of theirs, forbade the plugin this server. */
	| { kind: "permission-denied" }
	| { kind: "http-disabled" }
	| { kind: "game-server-only" }
	| { kind: "request-limit" }
	| { kind: "header-refused" }
	| { kind: "roblox-address" }
	| { kind: "bad-url" }
	| { kind: "not-found-name" }
	| { kind: "not-listening" }
	| { kind: "timed-out" }
	| { kind: "tls" }
	| { kind: "redirects" }
	| { kind: "connection-lost"; name: string }
	| { kind: "studio"; message: string }
	/** The server asked to wait. */
	| { kind: "overloaded"; retryAfterSeconds?: number }
	| { kind: "server-error"; status: number }
	/** An answer, but not one of an Auxvyn server. */
	| { kind: "nonsense"; status: number }
	| { kind: "protocol-unsupported"; description?: string }
	| { kind: "oauth"; error: string; description?: string }
	/** 401 with a code of ours. */
	| { kind: "unauthorized"; code: string; detail?: string };

type ThrownRule = [pattern: string, kind: Exclude<Failure["kind"], FailureWithDetails>];
type FailureWithDetails =
	| "connection-lost"
	| "studio"
	| "overloaded"
	| "server-error"
	| "nonsense"
	| "protocol-unsupported"
	| "oauth"
	| "unauthorized";

/** In lower case; the first that matches counts. Names: Roblox's HttpError. */
const THROWN_RULES: ThrownRule[] = [
	["permission denied", "permission-denied"],
	["requests are not enabled", "http-disabled"],
	["only be executed by game server", "game-server-only"],
	["number of requests exceeded", "request-limit"],
	["toomanyoutstandingrequests", "request-limit"],
	["header .* is not allowed", "header-refused"],
	["not allowed to access roblox", "roblox-address"],
	["err_access_denied", "bad-url"],
	["invalidurl", "bad-url"],
	["dnsresolve", "not-found-name"],
	["connectfail", "not-listening"],
	["time%s*d?%s*out", "timed-out"],
	["ssl", "tls"],
	["redirect", "redirects"],
];

const LOST_NAMES = ["netfail", "aborted", "connectionclosed", "serverprotocolerror", "outofmemory", "unknown"];

/** Sorts what Studio threw. `message` is already such that it may be shown. */
export function failureOfThrown(message: string): Failure {
	const lower = message.lower();
	for (const [pattern, kind] of THROWN_RULES) {
		if (lower.find(pattern)[0] !== undefined) return { kind };
	}
	for (const name of LOST_NAMES) {
		if (lower.find(name, 1, true)[0] !== undefined) return { kind: "connection-lost", name };
	}
	return { kind: "studio", message };
}

/** Whether the same request may well succeed a little later. */
export function isPassing(failure: Failure): boolean {
	switch (failure.kind) {
		case "permission-denied":
		case "http-disabled":
		case "game-server-only":
		case "header-refused":
		case "roblox-address":
		case "bad-url":
		case "protocol-unsupported":
		case "oauth":
		case "unauthorized":
			return false;
		default:
			return true;
	}
}
