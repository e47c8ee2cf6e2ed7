import type { FastifyRequest, RouteOptions } from "fastify";
import fp from "fastify-plugin";

import { ProblemError } from "../errors/problem-error.ts";

export const SESSION_COOKIE_PREFIX = "auxvyn";
/** The session cookie's name on http; on https it is a part of the name. */
export const SESSION_COOKIE = `${SESSION_COOKIE_PREFIX}.session_token`;

const SAFE_METHODS = new Set(["GET", "HEAD"]);
/** These start a session or change credentials, so they need an Origin without a session too. */
export const SESSION_STARTS = new Set([
	"/api/auth/sign-in/email",
	"/api/auth/sign-up/email",
	"/api/auth/verify-email",
	"/api/auth/request-password-reset",
	"/api/auth/reset-password",
]);

/**
 * Refuses requests that another site makes a browser send (CSRF). Each route under /api gets the check when it is
 * declared: no such route can lack it, and no other route pays for it.
 */
export const origin = fp<{ publicUrl: string }>(
	async (app, { publicUrl }) => {
		app.addHook("onRoute", (route: RouteOptions) => {
			if (!route.url.startsWith("/api/") || [route.method].flat().every((method) => SAFE_METHODS.has(method))) return;
			const always = SESSION_STARTS.has(route.url);
			const check = async (request: FastifyRequest) => {
				const bySession = request.headers.cookie?.includes(SESSION_COOKIE) === true;
				if ((always || bySession) && !isSameOrigin(request, publicUrl)) throw crossOrigin(publicUrl);
			};
			route.onRequest = [...[route.onRequest ?? []].flat(), check];
		});
	},
	{ name: "origin", dependencies: ["security"] },
);

export function isSameOrigin({ headers }: FastifyRequest, publicUrl: string): boolean {
	return headers.origin === undefined ? headers["sec-fetch-site"] === "same-origin" : headers.origin === publicUrl;
}

/**
 * For GETs with side effects or costs: another site can make a browser send them with the session cookie.
 * @throws ProblemError 403 with `detail`
 */
export function refuseCrossSite({ headers }: FastifyRequest, detail: string): void {
	const site = headers["sec-fetch-site"];
	if (site !== undefined && site !== "same-origin") throw new ProblemError(403, "cross_origin", detail);
}

function crossOrigin(publicUrl: string): ProblemError {
	return new ProblemError(
		403,
		"cross_origin",
		`This request did not come from a page at this server's own address. Open the dashboard at ${publicUrl} and try again there, or set PUBLIC_URL to the address you use.`,
	);
}
