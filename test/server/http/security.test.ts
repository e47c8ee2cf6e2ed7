import { describe, expect, it } from "vitest";

import { infrastructure } from "./infrastructure.ts";

describe("security headers", () => {
	it("are on pages, API responses and unknown URLs, without HSTS on http", async () => {
		const { app } = await infrastructure();
		for (const url of ["/docs", "/healthz", "/nowhere"]) {
			const { headers } = await app.inject(url);
			expect(headers["content-security-policy"]).toBe(
				"default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
			);
			expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
			expect(headers["strict-transport-security"]).toBeUndefined();
		}
	});

	it("include HSTS if PUBLIC_URL is https", async () => {
		const { app } = await infrastructure(() => {}, { PUBLIC_URL: "https://keys.example.com" });
		const { headers } = await app.inject("/docs");
		expect(headers["strict-transport-security"]).toBe("max-age=31536000");
	});

	it("are only those that a program needs for games and OAuth clients", async () => {
		const { app } = await infrastructure((app) => void app.get("/v1/thing", async () => ({ ok: true })));
		const { headers } = await app.inject("/v1/thing");
		expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
		expect(headers["content-security-policy"]).toBeUndefined();
	});
});
