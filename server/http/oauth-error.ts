import type { OAuthError } from "../../shared/wire.ts";
import type { ProblemError } from "../errors/problem-error.ts";

/** RFC 6749 §5.2, RFC 8628 §3.5, RFC 7009 §2.2.1, and our own `protocol_unsupported`. */
const CODES = new Set([
	"access_denied",
	"authorization_pending",
	"expired_token",
	"invalid_client",
	"invalid_grant",
	"invalid_request",
	"invalid_scope",
	"protocol_unsupported",
	"slow_down",
	"unauthorized_client",
	"unsupported_grant_type",
	"unsupported_token_type",
]);
const RETRY_AFTER_SECONDS = "5";

export interface OAuthResponse {
	status: number;
	headers: Record<string, string>;
	body: OAuthError;
}

/**
 * A problem as an OAuth error. OAuth clients give up on problem+json and on 429, so anything temporary, including a
 * limit, is 503 with Retry-After, and anything the client must change is 400.
 */
export function oauthResponse(problem: ProblemError | undefined): OAuthResponse {
	if (problem === undefined)
		return response(500, "server_error", "Something went wrong on the server. Try again later.");
	const { statusCode, code, message, headers } = problem;
	if (statusCode === 429 || statusCode === 503) {
		const retryAfter = { "Retry-After": headers["Retry-After"] ?? RETRY_AFTER_SECONDS };
		return response(503, "temporarily_unavailable", message, retryAfter);
	}
	// RFC 9110 wants 405 to come with Allow; no OAuth client sends such a request.
	if (statusCode === 405) return response(405, "invalid_request", message, headers);
	const error = CODES.has(code) ? code : "invalid_request";
	return response(error === "invalid_client" && statusCode === 401 ? 401 : 400, error, message);
}

function response(status: number, error: string, text: string, headers: Record<string, string> = {}): OAuthResponse {
	// Only the characters that RFC 6749 §5.2 allows.
	const description = text.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, "?");
	return { status, headers, body: { error, error_description: description } };
}
