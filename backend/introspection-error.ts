/**
 * Why keys could not be checked:
 * - `unreachable`: no connection to the Auxvyn server
 * - `timeout`: it did not answer in time
 * - `client_refused`: it refuses the client id or secret
 * - `unavailable`: it answered that it cannot check keys now
 * - `unexpected_answer`: something else answered, such as a proxy
 */
export type IntrospectionErrorCode = "unreachable" | "timeout" | "client_refused" | "unavailable" | "unexpected_answer";

/** For the operator of a backend. Callers are only told that their key could not be checked. */
export class IntrospectionError extends Error {
	readonly code: IntrospectionErrorCode;

	constructor(code: IntrospectionErrorCode, message: string) {
		super(message);
		this.name = "IntrospectionError";
		this.code = code;
	}
}
