export type RefusalCode =
	| "missing_key"
	| "malformed_key"
	| "conflicting_keys"
	| "inactive_key"
	| "wrong_workspace"
	| "authentication_unavailable";

/** The answer to a request that is not let in. `new Response(refusal.body, refusal)` makes it one of the Fetch API. */
export interface Refusal {
	code: RefusalCode;
	status: 400 | 401 | 403 | 503;
	headers: Record<string, string>;
	/** Problem details (RFC 9457), as JSON. */
	body: string;
}

const RETRY_AFTER_SECONDS = "1";

type Kind = [status: Refusal["status"], title: string, detail: string, headers?: Record<string, string>];

const KINDS: Record<RefusalCode, Kind> = {
	missing_key: [401, "Unauthorized", "Send the key as `Authorization: Bearer auxvyn_…` or `x-api-key`.", challenge()],
	malformed_key: [
		401,
		"Unauthorized",
		"This is not a complete key: a key is auxvyn_ and 60 characters. Copy it again or generate a new one.",
		challenge("invalid_token"),
	],
	conflicting_keys: [
		400,
		"Bad Request",
		"The request has two different keys. Send only one.",
		challenge("invalid_request"),
	],
	// Introspection does not tell why.
	inactive_key: [
		401,
		"Unauthorized",
		"This key is unknown, was revoked, or belongs to another workspace. GET /v1/whoami with the key on the Auxvyn server says which.",
		challenge("invalid_token"),
	],
	wrong_workspace: [403, "Forbidden", "This key belongs to a workspace that this API does not let in."],
	authentication_unavailable: [
		503,
		"Service Unavailable",
		"The key could not be checked. Try again in a moment.",
		{ "retry-after": RETRY_AFTER_SECONDS },
	],
};

/** As the Auxvyn server itself refuses a key. */
export function refusal(code: RefusalCode): Refusal {
	const [status, title, detail, headers] = KINDS[code];
	return {
		code,
		status,
		headers: { "content-type": "application/problem+json; charset=utf-8", "cache-control": "no-store", ...headers },
		body: JSON.stringify({ type: `urn:auxvyn:problem:${code}`, title, status, code, detail }),
	};
}

/** RFC 6750 §3. */
function challenge(error?: string): Record<string, string> {
	return { "www-authenticate": `Bearer realm="auxvyn"${error === undefined ? "" : `, error="${error}"`}` };
}
