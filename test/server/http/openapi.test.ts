import { Type } from "typebox";
import { describe, expect, it } from "vitest";

import { build } from "../helper.ts";
import { infrastructure } from "./infrastructure.ts";

describe("the API's description", () => {
	it("lists the operations of the dashboard, games and OAuth clients", async () => {
		const { app } = await build();
		const description = (await app.inject("/openapi.json")).json<{ openapi: string; paths: Record<string, object> }>();
		expect(description.openapi).toBe("3.1.0");
		expect(Object.keys(description.paths)).toEqual(
			expect.arrayContaining([
				"/api/auth/sign-in/email",
				"/api/workspaces",
				"/api/workspaces/{workspaceId}/keys",
				"/oauth/token",
				"/v1/whoami",
				"/healthz",
			]),
		);
		expect(Object.keys(description.paths)).not.toContain("/openapi.json");
	});

	it("is a page without scripts, with every text escaped", async () => {
		const { app } = await infrastructure((app) => {
			const body = Type.Object({ "<script>": Type.Array(Type.String()), "a&b": Type.Optional(Type.Literal("x'")) });
			app.post(
				"/api/thing",
				{ schema: { tags: ["things"], summary: "<img src=x onerror=alert(1)>", body } },
				async () => "",
			);
		});
		const page = await app.inject("/docs");
		expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
		expect(page.body).toContain("&lt;img src=x onerror=alert(1)&gt;");
		expect(page.body).toContain("{ &lt;script&gt;: string[], a&amp;b?: &quot;x&#39;&quot; }");
		expect(page.body).not.toMatch(/<script|<img|<style| style=/);
		expect((await app.inject("/docs.css")).headers["content-type"]).toBe("text/css; charset=utf-8");
	});
});
