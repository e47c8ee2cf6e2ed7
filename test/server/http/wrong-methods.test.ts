import type { HTTPMethods } from "fastify";
import { describe, expect, it } from "vitest";

import type { OAuthError, Problem } from "../../../shared/wire.ts";
import { build } from "../helper.ts";
import { withRoutes } from "./declared-routes.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"] as const;
const ANY_METHOD = "/v1/forward-auth";

describe("a method that a URL does not support", () => {
	it("is answered with 405 and the methods that it does support, everywhere", async () => {
		const { app, routes } = await withRoutes(() => build());
		const methodsOf = Map.groupBy(routes, ({ url }) => url);
		methodsOf.delete(ANY_METHOD);
		for (const [pattern, declared] of methodsOf) {
			const supported = declared.map(({ method }) => method);
			const url = pattern.replaceAll(/:\w+|\*/g, "x");
			for (const method of METHODS.filter((each) => !supported.includes(each))) {
				const { statusCode, headers } = await app.inject({
					method: method as HTTPMethods,
					url: `${url}?x=%20`,
				} as never);
				const allow = String(headers.allow).split(", ");
				expect([method, url, statusCode, new Set(allow)]).toEqual([
					method,
					url,
					405,
					new Set([...supported, "OPTIONS"]),
				]);
			}
		}
	});

	it("is a problem, and under /oauth an OAuth error", async () => {
		const { app } = await build();
		const problem = await app.inject({ method: "DELETE", url: "/v1/whoami" });
		expect(problem.headers["content-type"]).toContain("application/problem+json");
		expect(problem.json<Problem>().code).toBe("method_not_allowed");
		const oauth = await app.inject("/oauth/token");
		expect([oauth.statusCode, oauth.headers.allow]).toEqual([405, "POST, OPTIONS"]);
		expect(oauth.headers["content-type"]).toMatch(/^application\/json/);
		expect(oauth.json<OAuthError>().error).toBe("invalid_request");
	});

	it("comes before a body that no route could take", async () => {
		const { app } = await build();
		const headers = { "content-type": "text/plain" };
		const answer = await app.inject({ method: "POST", url: "/pair", headers, payload: "x".repeat(100_000) });
		expect([answer.statusCode, answer.headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
		expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
	});
});

describe("OPTIONS", () => {
	it("lists the methods of a URL, and allows no other site anything", async () => {
		const { app } = await build();
		const headers = { origin: "https://elsewhere.example", "access-control-request-method": "POST" };
		const answer = await app.inject({ method: "OPTIONS", url: "/api/workspaces", headers });
		expect([answer.statusCode, answer.headers.allow, answer.body]).toEqual([204, "GET, HEAD, POST, OPTIONS", ""]);
		expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
	});

	it("authenticates at forward-auth, as any method does, and is 404 where nothing is", async () => {
		const { app } = await build();
		expect((await app.inject({ method: "OPTIONS", url: ANY_METHOD })).statusCode).toBe(401);
		expect((await app.inject({ method: "OPTIONS", url: "/nowhere" })).statusCode).toBe(404);
		expect((await app.inject({ method: "DELETE", url: "/nowhere" })).statusCode).toBe(404);
	});
});
