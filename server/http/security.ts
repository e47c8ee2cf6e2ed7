import helmet from "@fastify/helmet";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from "fastify";
import fp from "fastify-plugin";

import type { Config } from "../config.ts";

declare module "fastify" {
	interface FastifyInstance {
		/** Sent with every response that a browser might show. */
		securityHeaders: Record<string, string>;
	}
}

const CONTENT_SECURITY_POLICY = {
	"default-src": ["'none'"],
	"script-src": ["'self'"],
	"style-src": ["'self'"],
	"img-src": ["'self'", "data:"],
	"font-src": ["'self'"],
	"connect-src": ["'self'"],
	"base-uri": ["'none'"],
	"form-action": ["'self'"],
	"frame-ancestors": ["'none'"],
};
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** Responses to programs are neither cached nor sniffed. */
const API_HEADERS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

export const security = fp<{ config: Config }>(
	async (app, { config }) => {
		const headers = await headersByHelmet(config.publicUrl.startsWith("https:"));
		app.decorate("securityHeaders", headers);
		app.addHook("onRoute", (route: RouteOptions) => {
			const first = headersHook(
				route.url.startsWith("/v1/") || route.url.startsWith("/oauth/") ? API_HEADERS : headers,
			);
			route.onRequest = [first, ...[route.onRequest ?? []].flat()];
		});
	},
	{ name: "security" },
);

function headersHook(headers: Record<string, string>) {
	const entries = Object.entries(headers);
	return (_request: FastifyRequest, reply: FastifyReply, done: () => void) => {
		for (const [name, value] of entries) reply.header(name, value);
		done();
	};
}

/**
 * Helmet computes the same headers for each request. So they are computed once, at start, and games' requests, which
 * need none of them, do not pay for its hooks.
 */
async function headersByHelmet(https: boolean): Promise<Record<string, string>> {
	const probe: FastifyInstance = Fastify();
	await probe.register(helmet, {
		contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
		frameguard: { action: "deny" },
		hsts: https && { maxAge: HSTS_SECONDS, includeSubDomains: false },
	});
	probe.get("/", async (_request, reply) => reply.send());
	const response = await probe.inject("/");
	await probe.close();
	const own = new Set(["connection", "content-length", "date"]);
	const entries = Object.entries(response.headers).filter(([name]) => !own.has(name));
	return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
