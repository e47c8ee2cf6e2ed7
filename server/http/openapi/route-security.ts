import type { RouteOptions } from "fastify";

import { SESSION_COOKIE } from "../origin.ts";
import { needsSession } from "./route-errors.ts";

/** How a request says who sends it. */
export function securitySchemes(publicUrl: string) {
	const prefix = publicUrl.startsWith("https:") ? "__Host-" : "";
	return {
		session: {
			type: "apiKey",
			in: "cookie",
			name: prefix + SESSION_COOKIE,
			description:
				"A person's session, from signing in. Requests that change something also need an Origin header with the server's address, as browsers send it.",
		},
		bearerKey: { type: "http", scheme: "bearer", bearerFormat: "auxvyn_…", description: "An API key." },
		headerKey: { type: "apiKey", in: "header", name: "x-api-key", description: "An API key." },
		client: {
			type: "http",
			scheme: "basic",
			description: "A backend's id and secret, or the operator's pair from the environment.",
		},
		metricsToken: { type: "http", scheme: "bearer", description: "METRICS_TOKEN. This machine needs none." },
	} as const;
}

type Requirement = Record<string, string[]>;

const KEY: Requirement[] = [{ bearerKey: [] }, { headerKey: [] }];

/** Alternatives, of which a request needs one. None: anyone may send it. */
export function securityOf(route: RouteOptions): readonly Requirement[] {
	const { url, schema } = route;
	if (schema?.security !== undefined) return schema.security as Requirement[];
	if (url.startsWith("/v1/")) return KEY;
	return needsSession(route) ? [{ session: [] }] : [];
}
