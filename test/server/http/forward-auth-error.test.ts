import { describe, expect, it } from "vitest";

import { ProblemError, tooManyRequests } from "../../../server/errors/problem-error.ts";
import { StorageError } from "../../../server/errors/storage-error.ts";
import { infrastructure } from "./infrastructure.ts";

const FAILURES: [what: string, failure: Error, status: number, code: string][] = [
	["a bad key", new ProblemError(401, "unknown_key", "No."), 401, "unknown_key"],
	["another workspace's key", new ProblemError(403, "wrong_workspace", "No."), 403, "wrong_workspace"],
	["a database that is away", new StorageError("unavailable", "disk is full"), 503, "storage_unavailable"],
	["a bug", new Error("a bug, with a path /srv/secret"), 503, "internal_error"],
	["another failure of the server", new ProblemError(500, "odd", "No."), 503, "odd"],
	["a limit", tooManyRequests(17, "Wait."), 401, "too_many_requests"],
	["a malformed request", new ProblemError(400, "invalid_request", "No."), 401, "invalid_request"],
	["a teapot", Object.assign(new Error("x"), { statusCode: 418 }), 401, "invalid_request"],
];

describe("an error of forward-auth", () => {
	it.each(FAILURES)("for %s is one that a proxy understands", async (_what, failure, status, code) => {
		const { app } = await infrastructure((scope) => {
			scope.get("/v1/forward-auth", async () => {
				throw failure;
			});
		});
		const answer = await app.inject("/v1/forward-auth?workspace=any");
		expect(answer.json()).toMatchObject({ status, code });
		expect(answer.statusCode).toBe(status);
		expect(answer.body).not.toContain("secret");
		expect(answer.headers["retry-after"] !== undefined).toBe(status === 503);
	});

	it("does not change those of other URLs", async () => {
		const { app } = await infrastructure((scope) => {
			scope.get("/v1/forward-authority", async () => {
				throw new ProblemError(409, "conflict", "No.");
			});
		});
		expect((await app.inject("/v1/forward-authority")).statusCode).toBe(409);
	});
});
