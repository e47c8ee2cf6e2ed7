import { describe, expect, it } from "vitest";

import { build } from "../helper.ts";
import { infrastructure, ORIGIN } from "./infrastructure.ts";

const COOKIE = "auxvyn.session_token=whatever";

async function posted(url: string, headers: Record<string, string>): Promise<number> {
	const { app } = await infrastructure((app) => {
		for (const each of ["/api/anything", "/api/auth/sign-in/email", "/api/auth/verify-email", "/oauth/anything"]) {
			app.post(each, async () => ({ ok: true }));
		}
	});
	return (await app.inject({ method: "POST", url, headers })).statusCode;
}

describe("the Origin rule", () => {
	it.each([
		["our own origin", { origin: ORIGIN }, 200],
		["no origin, but a browser that says it is the same", { "sec-fetch-site": "same-origin" }, 200],
		["another origin", { origin: "https://evil.example" }, 403],
		["our host on another port", { origin: "http://localhost:8788" }, 403],
		["our host over another protocol", { origin: "https://localhost:8787" }, 403],
		["an opaque origin", { origin: "null" }, 403],
		[
			"another origin that claims to be the same site",
			{ origin: "https://evil.example", "sec-fetch-site": "same-origin" },
			403,
		],
		["no origin and a sibling site", { "sec-fetch-site": "same-site" }, 403],
		["neither header", {}, 403],
	])("for a request with a session and %s", async (_what, headers, status) => {
		expect(await posted("/api/anything", { cookie: COOKIE, ...headers })).toBe(status);
	});

	it("without a session applies only to sign-in", async () => {
		expect(await posted("/api/auth/sign-in/email", {})).toBe(403);
		expect(await posted("/api/auth/verify-email", {})).toBe(403);
		expect(await posted("/api/anything", {})).toBe(200);
	});

	it("does not apply to OAuth clients", async () => {
		expect(await posted("/oauth/anything", { cookie: COOKIE, origin: "https://evil.example" })).toBe(200);
	});

	it("refuses with a problem, and changes nothing", async () => {
		const server = await build();
		const rin = await server.signUp();
		const answer = await rin.request("POST", "/api/workspaces", { name: "Stolen" }, { origin: "https://evil.example" });
		const detail = expect.stringContaining("http://localhost:8787") as string;
		expect(answer.json()).toMatchObject({ status: 403, code: "cross_origin", detail });
		expect((await rin.request("GET", "/api/workspaces")).body).not.toContain("Stolen");
	});
});
