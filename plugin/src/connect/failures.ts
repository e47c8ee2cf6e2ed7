/** Why a request got no usable response. The texts for each are in `ui/text`. */
export type Failure =
	/** The user denied the plugin access to this server, now or earlier. */
	| { kind: "permission-denied" }
	| { kind: "http-disabled" }
	| { kind: "game-server-only" }
	| { kind: "request-limit" }
	| { kind: "header-refused" }
	| { kind: "roblox-address" }
	| { kind: "bad-url" }
	| { kind: "name-not-resolved" }
	| { kind: "connection-refused" }
	| { kind: "timed-out" }
	| { kind: "tls" }
	| { kind: "redirects" }
	| { kind: "connection-lost"; name: string }
	| { kind: "studio"; message: string }
	/** 429 or 503. */
	| { kind: "overloaded"; retryAfterSeconds?: number }
	| { kind: "server-error"; status: number }
	/** Not a response an Auxvyn server would send. */
	| { kind: "invalid-response"; status: number }
	| { kind: "protocol-unsupported"; description?: string }
	| { kind: "oauth"; error: string; description?: string }
	/** 401 with one of our codes. */
	| { kind: "unauthorized"; code: string; detail?: string };

type ThrownRule = [pattern: string, kind: Exclude<Failure["kind"], FailureWithDetails>];
type FailureWithDetails =
	| "connection-lost"
	| "studio"
	| "overloaded"
	| "server-error"
	| "invalid-response"
	| "protocol-unsupported"
	| "oauth"
	| "unauthorized";

/** Lower-case patterns; the first match wins. Names are from Roblox's HttpError. */
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
	["dnsresolve", "name-not-resolved"],
	["connectfail", "connection-refused"],
	["time%s*d?%s*out", "timed-out"],
	["ssl", "tls"],
	["redirect", "redirects"],
];

const CONNECTION_LOST_NAMES = [
	"netfail",
	"aborted",
	"connectionclosed",
	"serverprotocolerror",
	"outofmemory",
	"unknown",
];

/** Classifies an error thrown by Studio. `message` must be safe to display. */
export function failureOfThrown(message: string): Failure {
	const lower = message.lower();
	for (const [pattern, kind] of THROWN_RULES) {
		if (lower.find(pattern)[0] !== undefined) return { kind };
	}
	for (const name of CONNECTION_LOST_NAMES) {
		if (lower.find(name, 1, true)[0] !== undefined) return { kind: "connection-lost", name };
	}
	return { kind: "studio", message };
}

/** Whether the same request may succeed if retried. */
export function isTransient(failure: Failure): boolean {
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
