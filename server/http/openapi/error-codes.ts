type Meaning = readonly [status: number, todo: string];

/** The `code` of every problem: its status, and what the caller can do. */
export const PROBLEM_CODES = {
	address_unverified: [403, "Open the link in the mail that was sent when the account signed up."],
	already_answered: [409, "The code was answered before. Start a new pairing in Studio for another key."],
	already_created: [409, "An earlier request with this Idempotency-Key created the key that `key` shows."],
	already_revoked: [409, "The key is revoked, which cannot be undone."],
	claimed_code: [403, "Another account opened the code. Cancel in Studio, connect again, and use the new code."],
	conflicting_keys: [400, "The request has two different keys. Send one."],
	cross_origin: [403, "Send the request from a page of the server's own address, or with its address as Origin."],
	disk_low: [503, "The server's disk is almost full, and nothing was changed. Its operator has to free some space."],
	email_taken: [422, "The e-mail address has an account. Sign in instead."],
	expired_code: [410, "Start a new pairing in Studio."],
	expired_invitation: [410, "Ask for a new invitation."],
	expired_link: [410, "The link was used, or has expired. Request a new one."],
	forbidden: [403, "The account's role in the workspace does not allow this. Ask an owner."],
	idempotency_key_reused: [422, "The Idempotency-Key was used with another body. Send a new one."],
	internal_error: [500, "A bug, or a failure of the server. Try again later."],
	invalid_credentials: [401, "No account has this e-mail address and password. Check both."],
	invalid_request: [400, "Correct what `detail` and `errors` name."],
	last_owner: [409, "The workspace has no other owner. Make someone else an owner first."],
	malformed_key: [401, "The key is incomplete or mistyped. Copy it again."],
	method_not_allowed: [405, "Use a method that the response's Allow header lists."],
	metrics_token_required: [401, "Send METRICS_TOKEN as a bearer token."],
	missing_key: [401, "Send the key as Authorization: Bearer auxvyn_… or x-api-key."],
	no_mail: [409, "The server sends no mail. Ask its operator for a reset link."],
	no_session: [401, "Sign in first."],
	not_a_successor: [409, "Name another active key of the workspace that has been used."],
	not_found: [404, "It does not exist, or the account may not see it. Check the URL."],
	not_ready: [503, "Wait as long as Retry-After says."],
	outcome_unknown: [503, "The change may or may not have been made. Check before you try again."],
	overloaded: [503, "Too many passwords are being checked. Wait as long as Retry-After says."],
	plugin_unavailable: [503, "The plugin's file is missing on the server. Its operator has to restore it."],
	previous_key_elsewhere: [409, "The key in the place belongs to another workspace. Choose to keep it."],
	previous_key_unproven: [409, "Studio did not prove that the place has this key. Choose to keep it."],
	revoked_key: [401, "The key was revoked. Use the new key, or generate one."],
	server_outdated: [503, "The server is older than its database. Its operator has to update it."],
	setup_token_invalid: [403, "The set-up link was used, has expired, or is incomplete."],
	sign_up_closed: [403, "Nobody can sign up this way. Ask for an invitation."],
	storage_busy: [503, "Nothing was changed. Wait as long as Retry-After says."],
	storage_unavailable: [503, "The server cannot use its database, and nothing was changed. Try again later."],
	too_many_backends: [409, "Delete a backend that is not in use."],
	too_many_invitations: [409, "Withdraw an open invitation first."],
	too_many_requests: [429, "Wait as long as Retry-After says."],
	too_many_streams: [503, "Too many pages are open. Load the data again from time to time instead."],
	too_many_workspaces: [409, "Leave or delete a workspace first."],
	body_too_large: [413, "Send less than 16 KiB."],
	unknown_code: [404, "Compare the code with the one in Studio."],
	unknown_invitation: [404, "The invitation was accepted or withdrawn, or the link is incomplete."],
	unknown_key: [401, "The server does not know the key. Check the server's address, or reconnect the place."],
	unsupported_media_type: [415, "Send the body as application/json."],
	uri_too_long: [414, "Part of the URL is too long. Check it."],
	weak_password: [422, "Choose a password that is harder to guess: `errors` says why."],
	workspace_required: [403, "Add ?workspace=ws_… to the address of forward-auth in the proxy's configuration."],
	wrong_password: [403, "This is not the account's password."],
	wrong_workspace: [403, "Use a key of a workspace that the proxy names, or name the key's workspace too."],
} as const satisfies Record<string, Meaning>;

/** The `error` of every OAuth error. Their statuses are those of `oauth-error.ts`. */
export const OAUTH_CODES = {
	access_denied: [400, "The pairing was denied, or its approval was withdrawn. Start a new one."],
	authorization_pending: [400, "Nobody has approved the code yet. Poll again after `interval` seconds."],
	expired_token: [400, "The code has expired. Start a new pairing."],
	invalid_client: [401, "The client id or secret is wrong or missing."],
	invalid_grant: [400, "The device code is unknown, or its key is in use already. Start a new pairing."],
	invalid_request: [400, "Correct what `error_description` names."],
	protocol_unsupported: [400, "Install the plugin that comes with this server."],
	slow_down: [400, "Wait `interval` seconds after each response before you poll again."],
	temporarily_unavailable: [503, "Wait as long as Retry-After says."],
	unsupported_grant_type: [400, "Send the grant type of the device flow."],
} as const satisfies Record<string, Meaning>;

export type ProblemCode = keyof typeof PROBLEM_CODES;
export type OAuthCode = keyof typeof OAUTH_CODES;

declare module "fastify" {
	interface FastifySchema {
		/** For the description: errors of this route, besides those of every route of its kind (`route-errors.ts`). */
		errors?: readonly (ProblemCode | OAuthCode)[];
		/** For the description: what the route reads by hand. OAuth has errors of its own, and checks cost games time. */
		unchecked?: { form?: object; headers?: object; querystring?: object };
	}
}
