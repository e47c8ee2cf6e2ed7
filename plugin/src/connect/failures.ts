import { THROWN_FAILURES, ThrownFailure } from "../../../shared/failures.js";

/** Why a request got no usable response. The texts for each are in `ui/text`. */
export type Failure =
	/** Thrown by Studio. */
	| { kind: ThrownFailure }
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

/** Classifies an error thrown by Studio. `message` must be safe to display. */
export function failureOfThrown(message: string): Failure {
	const lower = message.lower();
	for (const [pattern, kind] of THROWN_FAILURES) {
		if (lower.find(pattern)[0] !== undefined) return { kind };
	}
	return { kind: "studio", message };
}

/** Whether the same request may succeed if retried. */
export function isTransient(failure: Failure): boolean {
	switch (failure.kind) {
		case "permission-denied":
		case "no-network":
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
