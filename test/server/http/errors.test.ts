import { Type } from "typebox";
import { describe, expect, it } from "vitest";

import { ProblemError, tooManyRequests } from "../../../server/errors/problem-error.ts";
import { StorageError } from "../../../server/errors/storage-error.ts";
import type { OAuthError, Problem } from "../../../shared/wire.ts";
import { infrastructure, KEY } from "./infrastructure.ts";

const Body = Type.Object({ name: Type.String(), size: Type.Optional(Type.Integer()) }, { additionalProperties: false });

/** One route that accepts a body, and one for each way to fail, for the dashboard and for OAuth clients. */
async function failing() {
	const failures: Record<string, () => Error> = {
		refused: () => new ProblemError(403, "forbidden", "Ask an owner."),
		limited: () => tooManyRequests(17, "Wait a little."),
		busy: () => new StorageError("busy", "database is locked"),
		full: () => new StorageError("unavailable", "disk is full"),
		broken: () => new Error(`a bug, with ${KEY} and a path /srv/secret`),
		pending: () => new ProblemError(400, "authorization_pending", 'Not "yet".\nWait…'),
		credentials: () => new ProblemError(401, "invalid_client", "Wrong.", { headers: { "WWW-Authenticate": "Basic" } }),
		leaking: () => new ProblemError(400, "invalid_request", `Not good: ${KEY}`),
	};
	return infrastructure((app) => {
		app.post("/test/body", { schema: { body: Body } }, async () => ({ ok: true }));
		app.get("/things/:name", (_request, reply) => {
			reply.callNotFound();
		});
		for (const prefix of ["/test", "/oauth"]) {
			for (const [name, failure] of Object.entries(failures)) {
				app.get(`${prefix}/${name}`, async () => {
					throw failure();
				});
			}
		}
	});
}

describe("a problem", () => {
	it("follows RFC 9457", async () => {
		const { app } = await failing();
		const answer = await app.inject("/test/refused");
		expect(answer.statusCode).toBe(403);
		expect(answer.headers["content-type"]).toContain("application/problem+json");
		expect(answer.headers["cache-control"]).toBe("no-store");
		expect(answer.json<Problem>()).toEqual({
			type: "urn:auxvyn:problem:forbidden",
			title: "Forbidden",
			status: 403,
			code: "forbidden",
			detail: "Ask an owner.",
		});
	});

	it("says when to retry", async () => {
		const { app } = await failing();
		const limited = await app.inject("/test/limited");
		expect([limited.statusCode, limited.headers["retry-after"]]).toEqual([429, "17"]);
		const busy = await app.inject("/test/busy");
		expect([busy.statusCode, busy.headers["retry-after"]]).toEqual([503, "1"]);
		const full = await app.inject("/test/full");
		expect([full.statusCode, full.headers["retry-after"]]).toEqual([503, "30"]);
	});

	it("reveals nothing about a bug, and logs it once without the key", async () => {
		const { app, logs } = await failing();
		const answer = await app.inject("/test/broken");
		expect(answer.statusCode).toBe(500);
		expect(answer.body).not.toMatch(/bug|srv|auxvyn_0/);
		const lines = logs.filter((line) => line.includes("/test/broken"));
		expect(lines).toHaveLength(1);
		expect(lines[0]).toContain("a bug, with auxvyn_[redacted]");
	});

	it("never contains a key, even if its detail does", async () => {
		const { app } = await failing();
		for (const url of ["/test/leaking", "/oauth/leaking"]) expect((await app.inject(url)).body).not.toContain(KEY);
	});

	it.each([
		["malformed JSON", "application/json", `{"name":"${KEY}"`, 400],
		["an empty JSON body", "application/json", "", 400],
		["a __proto__ field", "application/json", '{"__proto__":{"x":1}}', 400],
		["a missing field", "application/json", "{}", 400],
		["an unknown field", "application/json", `{"name":"a","${KEY}":1}`, 400],
		["a number as a string, which is not converted", "application/json", '{"name":"a","size":"1"}', 400],
		["a string instead of an object", "application/json", `"${KEY}"`, 400],
		["plain text", "text/plain", "name=a", 415],
		["a form", "application/x-www-form-urlencoded", "name=a", 415],
		["a multipart body", "multipart/form-data; boundary=x", "--x--", 415],
		["an invalid content type", KEY, "{}", 415],
		["a body of a megabyte", "application/json", `{"name":"${"a".repeat(1_000_000)}"}`, 413],
	])("answers %s without repeating it", async (_what, type, payload, status) => {
		const { app, logs } = await failing();
		const answer = await app.inject({ method: "POST", url: "/test/body", headers: { "content-type": type }, payload });
		expect(answer.statusCode).toBe(status);
		expect(answer.headers["content-type"]).toContain("application/problem+json");
		expect(answer.body + logs.join("")).not.toContain(KEY);
	});

	it("lists the invalid fields", async () => {
		const { app } = await failing();
		const errors = async (payload: object) =>
			(await app.inject({ method: "POST", url: "/test/body", payload })).json<Problem>().errors;
		expect(await errors({})).toEqual([{ path: "name", message: "is missing" }]);
		expect(await errors({ name: "a", size: "1" })).toMatchObject([{ path: "size" }]);
		expect(await errors({ name: "a", colour: 1 })).toMatchObject([{ path: "" }]);
	});

	it("answers URLs that are unknown, malformed or too long", async () => {
		const { app } = await failing();
		for (const [url, status] of [
			["/nowhere", 404],
			["/%zz", 400],
			["/%", 400],
			["/%ff%fe", 400],
			[`/test/${KEY}?q=${KEY}`, 404],
			[`/${"a".repeat(5_000)}`, 404],
		] as const) {
			const answer = await app.inject(url);
			expect([url, answer.statusCode]).toEqual([url, status]);
			expect(answer.headers["content-type"]).toContain("application/problem+json");
			expect(answer.body).not.toContain(KEY);
		}
	});

	it("names the methods that a URL supports", async () => {
		const { app } = await failing();
		const answer = await app.inject({ method: "DELETE", url: "/test/body?x=1" });
		expect([answer.statusCode, answer.headers.allow]).toEqual([405, "POST, OPTIONS"]);
		expect((await app.inject("/things/lost")).statusCode).toBe(404);
	});
});

describe("an OAuth error", () => {
	it.each([
		["/oauth/pending", 400, "authorization_pending"],
		["/oauth/refused", 400, "invalid_request"],
		["/oauth/nowhere", 400, "invalid_request"],
		["/oauth/%zz", 400, "invalid_request"],
		["/oauth/credentials", 401, "invalid_client"],
		["/oauth/limited", 503, "temporarily_unavailable"],
		["/oauth/busy", 503, "temporarily_unavailable"],
		["/oauth/full", 503, "temporarily_unavailable"],
		["/oauth/broken", 500, "server_error"],
	])("from %s is %i %s", async (url, status, error) => {
		const { app } = await failing();
		const answer = await app.inject(url);
		expect(answer.statusCode).toBe(status);
		expect(answer.json<OAuthError>().error).toBe(error);
		expect(answer.headers["content-type"]).toMatch(/^application\/json/);
		expect(answer.headers["www-authenticate"]).toBeUndefined();
		expect(answer.headers["retry-after"] !== undefined).toBe(status === 503);
	});

	it("only uses characters that RFC 6749 allows in a description", async () => {
		const { app } = await failing();
		const { error_description } = (await app.inject("/oauth/pending")).json<OAuthError>();
		expect(error_description).toBe("Not 'yet'.?Wait?");
	});
});
