import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { REPOSITORY } from "../../../plugin/build/repository.ts";
import type { Document } from "../../../server/http/openapi/document.ts";
import { OAUTH_CODES, PROBLEM_CODES } from "../../../server/http/openapi/error-codes.ts";
import { build } from "../helper.ts";
import { withRoutes } from "./declared-routes.ts";

/** Routes that the description leaves out on purpose. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
	"the dashboard's pages": [
		...["/", "/account", "/forgot", "/invite", "/pair", "/reset", "/setup", "/verify", "/workspaces/*"],
	],
	"the dashboard's files": ["/assets/*", "/favicon.ico", "/favicon.svg", "/theme.js"],
	"the description itself": ["/docs", "/openapi.json"],
};
/** Only logged, since the client has gone; and one that OAuth clients get as `temporarily_unavailable`. */
const UNSENT = new Set(["client_gone", "too_many_pairings"]);
const CODES = { ...OAUTH_CODES, ...PROBLEM_CODES };
/** Methods that OpenAPI 3.1 has. */
const METHODS = new Set(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"]);

describe("the API's description", () => {
	it("lists every route, except for the dashboard's pages and files and itself", async () => {
		const { app, routes } = await withRoutes(() => build());
		const { openapi, paths } = (await app.inject("/openapi.json")).json<Document>();
		expect(openapi).toBe("3.1.0");
		const listed = Object.entries(paths).flatMap(([path, methods]) =>
			Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
		);
		const hidden = new Set(Object.values(HIDDEN).flat());
		// HEAD is part of every GET, and only listed where it is one of any method.
		const declared = routes
			.filter(({ url, method }) => !hidden.has(url) && METHODS.has(method))
			.filter(({ url, method }) => method !== "HEAD" || url === "/v1/forward-auth")
			.map(({ url, method }) => `${method} ${url.replaceAll(/:(\w+)/g, "{$1}")}`);
		expect(new Set(listed)).toEqual(new Set(declared));
		const urls = new Set(routes.map(({ url }) => url));
		expect([...hidden].filter((url) => !urls.has(url))).toEqual([]);
	});

	it("says of every route who may send it, what it takes and what can go wrong", async () => {
		const { app } = await build();
		const { paths, components } = (await app.inject("/openapi.json")).json<Document>();
		const { ["/v1/whoami"]: whoami, ["/oauth/introspect"]: introspect } = paths;
		expect(whoami?.["get"]?.security).toEqual([{ bearerKey: [] }, { headerKey: [] }]);
		expect(introspect?.["post"]).toMatchObject({
			security: [{ client: [] }],
			requestBody: { content: { "application/x-www-form-urlencoded": {} } },
			responses: { 400: { content: { "application/json": {} } }, 401: {}, 503: { headers: { "Retry-After": {} } } },
		});
		const keys = paths["/api/workspaces/{workspaceId}/keys"]?.["post"];
		expect(Object.keys(keys?.responses ?? {})).toEqual([
			"201",
			"400",
			"401",
			"403",
			"404",
			"409",
			"413",
			"414",
			"415",
			"422",
			"429",
			"503",
		]);
		const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
		const ids = operations.map(({ operationId }) => operationId);
		expect(new Set(ids).size).toBe(ids.length);
		for (const { summary, security, parameters = [] } of operations) {
			expect(summary).toBeTruthy();
			const schemes = (security ?? [{ none: [] }]).flatMap((each) => Object.keys(each));
			expect(Object.keys(components.securitySchemes)).toEqual(expect.arrayContaining(schemes));
			for (const { in: where, schema } of parameters) if (where === "path") expect(schema.pattern).toBeTruthy();
		}
	});

	it("knows every code that a problem can have", async () => {
		const sources = globSync("server/**/*.ts", { cwd: REPOSITORY }).filter(
			(file) => !file.startsWith("server/dashboard/"),
		);
		const texts = await Promise.all(sources.map((file) => readFile(path.join(REPOSITORY, file), "utf8")));
		const codes = texts.flatMap((text) =>
			[...text.matchAll(/(?:new ProblemError\(\s*\d{3},|\blater\()\s*"(\w+)"/g)].map(([, code]) => code),
		);
		expect(new Set(codes).size).toBeGreaterThan(30);
		expect(codes.filter((code) => !UNSENT.has(code ?? "") && !Object.hasOwn(CODES, code ?? ""))).toEqual([]);
	});
});
