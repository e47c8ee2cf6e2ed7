import { STATUS_CODES } from "node:http";

import type { RouteOptions } from "fastify";

import type { Response, Schema } from "./document.ts";
import { SCHEMAS } from "./document.ts";
import { errorsOf } from "./route-errors.ts";

/** Errors whose response may come without Retry-After. */
const WITHOUT_RETRY_AFTER = "plugin_unavailable";
/** These answer 401 with a challenge; the dashboard's would make browsers ask for a password. */
const CHALLENGING = /^\/(v1\/|metrics$)/;

/** What a route answers when it refuses, by status. `own`: a route's own schema of such a problem. */
export function errorResponses(route: RouteOptions, own: Record<string, Response>): Record<string, Response> {
	const { oauth, byStatus } = errorsOf(route);
	const responses = [...byStatus].map(([status, codes]): [string, Response] => {
		const schema = ownSchema(own[status]) ?? { $ref: SCHEMAS + (oauth ? "OAuthError" : "Problem") };
		const narrowed: Schema = { allOf: [schema, { properties: { [oauth ? "error" : "code"]: { enum: codes } } }] };
		const headers = headersOf(route, status, codes);
		return [
			String(status),
			{
				description: `${STATUS_CODES[status] ?? "Error"}: ${codes.join(", ")}`,
				...(headers && { headers }),
				content: { [oauth ? "application/json" : "application/problem+json"]: { schema: narrowed } },
			},
		];
	});
	return Object.fromEntries(responses);
}

function ownSchema(response: Response | undefined): Schema | undefined {
	return Object.values(response?.content ?? {})[0]?.schema;
}

function headersOf({ url }: RouteOptions, status: number, codes: string[]): Response["headers"] {
	if (status === 429 || status === 503) {
		const required = !codes.includes(WITHOUT_RETRY_AFTER);
		return { "Retry-After": { description: "Seconds", required, schema: { type: "string", pattern: "^[0-9]+$" } } };
	}
	if (status === 401 && CHALLENGING.test(url)) {
		return { "WWW-Authenticate": { required: true, schema: { type: "string", pattern: "^Bearer " } } };
	}
	return undefined;
}
