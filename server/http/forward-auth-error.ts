import { ROUTES } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";

/** Also matches what is beneath it, and a malformed URL that begins with it. */
const TARGET = new RegExp(String.raw`^(?:https?://[^/?# ]*)?${ROUTES.forwardAuth}(?![\w-])`, "i");
const UNDERSTOOD = new Set([401, 403, 503]);
const RETRY_AFTER_SECONDS = "5";

/** Whether a request target, as it was sent, is forward-auth's. */
export function isForwardAuth(target: string): boolean {
	return TARGET.test(target);
}

/**
 * A problem as a reverse proxy understands it: 401 and 403 keep a request out, and anything else would be an error of
 * the proxy's own, so whatever cannot be read is 401, and a failure of this server is 503.
 */
export function forwardAuthProblem(problem: ProblemError | undefined): ProblemError {
	if (problem === undefined) {
		return new ProblemError(503, "internal_error", "Something went wrong on the server. Try again later.", {
			headers: { "Retry-After": RETRY_AFTER_SECONDS },
		});
	}
	const { statusCode, code, message, headers } = problem;
	if (UNDERSTOOD.has(statusCode)) return problem;
	const retryAfter = { "Retry-After": headers["Retry-After"] ?? RETRY_AFTER_SECONDS };
	if (statusCode >= 500) return new ProblemError(503, code, message, { headers: retryAfter, cause: problem });
	return new ProblemError(401, code, message, {
		headers: { "WWW-Authenticate": 'Bearer realm="auxvyn", error="invalid_request"' },
		cause: problem,
	});
}
