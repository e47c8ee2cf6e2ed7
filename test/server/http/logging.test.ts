import { describe, expect, it } from "vitest";

import { ProblemError } from "../../../server/errors/problem-error.ts";
import { infrastructure, KEY } from "./infrastructure.ts";

async function logged() {
	return infrastructure((app) => {
		app.get("/looked-at", async () => ({ ok: true }));
		app.get("/v1/thing", async () => ({ ok: true }));
		app.get("/v1/refused", async () => {
			throw new ProblemError(401, "unknown_key", "No such key.");
		});
		app.post("/oauth/introspect", async () => ({ active: false }));
		app.post("/things/:id", async () => ({ ok: true }));
	});
}

describe("the log", () => {
	it("contains the route's pattern, but not the URL, headers or body", async () => {
		const { app, logs } = await logged();
		const headers = { cookie: "auxvyn.session_token=tasty", authorization: "Bearer hidden", "user-agent": "peculiar" };
		await app.inject({ method: "POST", url: "/things/precious?code=BCDF-GHJK", headers });
		const text = logs.join("");
		expect(text).toContain("/things/:id");
		expect(text).not.toMatch(/precious|BCDF|tasty|hidden|peculiar/);
	});

	it("has no line for a read", async () => {
		const { app, logs } = await logged();
		await app.inject("/looked-at");
		expect(logs).toEqual([]);
	});

	it("has no line for an accepted game, and one line for a refused one", async () => {
		const { app, logs } = await logged();
		await app.inject("/v1/thing");
		expect(logs).toEqual([]);
		await app.inject("/v1/refused");
		expect(logs).toHaveLength(1);
		expect(JSON.parse(logs[0] ?? "")).toMatchObject({
			status: 401,
			code: "unknown_key",
			req: { route: "/v1/refused" },
		});
	});

	it("has no line for an accepted introspection", async () => {
		const { app, logs } = await logged();
		await app.inject({ method: "POST", url: "/oauth/introspect" });
		expect(logs).toEqual([]);
	});

	it("never contains a key, wherever one is sent", async () => {
		const { app, logs } = await logged();
		await app.inject({
			method: "POST",
			url: `/things/${KEY}?${KEY}=${KEY}`,
			headers: { [KEY]: KEY, cookie: KEY, origin: KEY, host: KEY },
		});
		await app.inject({ method: "POST", url: `/${KEY}`, headers: { "content-type": KEY }, payload: KEY });
		app.log.warn({ secret: KEY, err: new Error(KEY) }, `about ${KEY}`);
		expect(logs.length).toBeGreaterThan(2);
		expect(logs.join("")).not.toContain(KEY);
	});
});
