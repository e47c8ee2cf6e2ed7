import type { World } from "./world.ts";

export interface Choice {
	texts: "ascii" | "utf-8";
	/** What the requests' paths name. */
	things: "prepared" | "created by the requests before";
}

/** Schemathesis's settings: who it is, what it may name, and where our answers differ from what it expects. */
export function settingsFor(world: World, { texts, things }: Choice): string {
	const { url, session, workspaceId, key, keyId, backend, userCode } = world;
	const prepared = `"path.keyId" = "${keyId}"
"path.id" = "${backend.backend.id}"
"path.userCode" = "${userCode}"`;
	return `# The first event comes at once, the second after ten seconds.
max-stream-events = 1

[generation]
codec = "${texts}"

[headers]
Origin = "${url}"

[parameters]
"path.workspaceId" = "${workspaceId}"
"query.workspace" = ["any"]
${things === "prepared" ? prepared : ""}

[auth.openapi.session]
api_key = "${session}"
[auth.openapi.bearerKey]
bearer = "${key.secret}"
[auth.openapi.headerKey]
api_key = "${key.secret}"
[auth.openapi.client]
username = "${backend.backend.id}"
password = "${backend.secret}"

# The rule for texts has no pattern beyond ASCII. Besides the usual ones: links and codes that have expired, and weak passwords and taken addresses.
[checks.positive_data_acceptance]
enabled = ${texts === "ascii"}
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "410", "422", "429", "503"]

# A cursor is opaque, and the replaced key has to exist.
[[operations]]
include-name-regex = "^(GET|POST) .*/(keys|activity)$"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "401", "403", "404", "409", "422"]

# Deleting a workspace takes its name.
[[operations]]
include-name = "DELETE /api/workspaces/{workspaceId}"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "401", "403", "404"]

# OpenAPI 3.1 describes the stream as a whole, and not its events.
[[operations]]
include-path-regex = "/events$"
[operations.checks.response_schema_conformance]
enabled = false

# Every OAuth error is 400 (RFC 6749), and 401 only answers credentials that were tried.
[[operations]]
include-path-regex = "^/oauth/"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "401"]
[operations.checks.missing_required_header]
enabled = false
[operations.checks.ignored_auth]
enabled = false

# It takes any method, also those that OpenAPI 3.1 has no word for.
[[operations]]
include-path = "/v1/forward-auth"
[operations.checks.unsupported_method]
enabled = false
`;
}
