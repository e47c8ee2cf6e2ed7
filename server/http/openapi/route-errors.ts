import type { FastifySchema, RouteOptions } from "fastify";

import { ROUTES } from "../../../shared/wire.ts";
import { OAUTH_CODES, type OAuthCode, PROBLEM_CODES, type ProblemCode } from "./error-codes.ts";

/** A route's errors: the codes by status. OAuth errors have another shape. */
export interface RouteErrors {
	oauth: boolean;
	byStatus: Map<number, string[]>;
}

const SAFE_METHODS = new Set(["GET", "HEAD"]);
const FOR_WORKSPACES = "/api/workspaces/:workspaceId";
const STORAGE: readonly ProblemCode[] = ["storage_busy", "storage_unavailable", "server_outdated"];
const WRITING: readonly ProblemCode[] = ["outcome_unknown", "disk_low"];

/** What a route declares, and what every route of its kind can answer. */
export function errorsOf(route: RouteOptions): RouteErrors {
	const { schema = {}, url } = route;
	const declared = schema.errors ?? [];
	if (url.startsWith("/oauth/")) return { oauth: true, byStatus: oauthErrors(declared as OAuthCode[]) };
	const codes = new Set([...problemsOfKind(route, schema), ...(declared as ProblemCode[])]);
	const status = url === ROUTES.forwardAuth ? forwardAuthStatus : statusOf;
	return { oauth: false, byStatus: Map.groupBy([...codes].sort(), status) };
}

const statusOf = (code: ProblemCode): number => PROBLEM_CODES[code][0];

/** As `forward-auth-error.ts` has it. */
function forwardAuthStatus(code: ProblemCode): number {
	const status = statusOf(code);
	if (status >= 500) return 503;
	return status === 403 ? 403 : 401;
}

function problemsOfKind(route: RouteOptions, schema: FastifySchema): ProblemCode[] {
	const { url, config } = route;
	const writes = ![route.method].flat().every((method) => SAFE_METHODS.has(method));
	const codes: ProblemCode[] = [];
	if (schema.params !== undefined || schema.querystring !== undefined) codes.push("invalid_request");
	if (schema.params !== undefined) codes.push("uri_too_long");
	if (!url.startsWith("/api/")) return codes;
	codes.push(...STORAGE);
	if (needsSession(route)) codes.push("no_session");
	if (config?.alwaysHasRoom !== true) codes.push("too_many_requests");
	if (url.includes("/:") && !url.includes("/:userCode")) codes.push("not_found");
	if (writes) codes.push("cross_origin", "invalid_request", "body_too_large", "unsupported_media_type", ...WRITING);
	if (writes && url.startsWith(FOR_WORKSPACES)) codes.push("forbidden");
	return codes;
}

/** Signing in and up are for people without a session; a route that needs none says so by `security: []`. */
export function needsSession({ url, schema }: RouteOptions): boolean {
	return url.startsWith("/api/") && !url.startsWith("/api/auth/") && schema?.security === undefined;
}

/** As `oauth-error.ts` has it: overload is 503, and anything else that the client must change is 400. */
function oauthErrors(declared: readonly OAuthCode[]): Map<number, string[]> {
	const codes = new Set<OAuthCode>(["invalid_request", "temporarily_unavailable", ...declared]);
	const byStatus = Map.groupBy([...codes].sort(), (code): number => OAUTH_CODES[code][0]);
	// Where no credentials were tried.
	if (codes.has("invalid_client")) byStatus.get(400)?.push("invalid_client");
	return byStatus;
}
