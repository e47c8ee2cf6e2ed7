import type { LightMyRequestResponse } from "fastify";
import { describe, expect, it } from "vitest";

import { isOnPostgres } from "../../postgres/test-database.ts";
import { build, type TestServer } from "../helper.ts";
import { quickHash } from "../quick-hash.ts";

const ORIGIN = "http://localhost:8787";
const PASSWORD = "correct horse battery";

/** Takes the write lock, as another process would. */
function lock(server: TestServer) {
	const other = server.connect();
	other.exec(isOnPostgres() ? "BEGIN; LOCK TABLE turn IN EXCLUSIVE MODE" : "BEGIN IMMEDIATE");
	return other;
}

function post(server: TestServer, path: string, payload: object, cookie = "") {
	return server.app.inject({ method: "POST", url: `/api/auth/${path}`, headers: { origin: ORIGIN, cookie }, payload });
}

const jo = { name: "Jo", email: "jo@example.com", password: PASSWORD };

describe("while another process holds the write lock", () => {
	it("sessions are recognised without waiting", async () => {
		const server = await build();
		const rin = await server.signUp();
		lock(server);
		expect((await rin.request("GET", "/api/workspaces")).statusCode).toBe(200);
		expect((await rin.request("GET", "/api/auth/get-session")).json()).toMatchObject({ user: { name: "Rin" } });
	});

	it("sign-up waits for the lock and then succeeds", async () => {
		const server = await build();
		const other = lock(server);
		const waiting = post(server, "sign-up/email", jo);
		// Answered while the sign-up is still waiting: nothing blocks the event loop.
		expect((await server.app.inject("/healthz")).statusCode).toBe(200);
		other.exec("COMMIT");
		expect((await waiting).statusCode).toBe(200);
	});

	it("sign-up, sign-in and sign-out time out with 503 and Retry-After, and change nothing", async () => {
		const server = await build();
		const rin = await server.signUp();
		const other = lock(server);
		const answers = await Promise.all([
			post(server, "sign-up/email", jo),
			post(server, "sign-in/email", { email: rin.email, password: PASSWORD }),
			post(server, "sign-out", {}, rin.cookie),
		]);
		for (const answer of answers) {
			expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "1"]);
			expect(answer.cookies).toEqual([]);
		}
		other.exec("ROLLBACK");
		expect((await rin.request("GET", "/api/workspaces")).statusCode).toBe(200);
		expect(server.db.prepare('SELECT count(*) FROM "user"').pluck().get()).toBe(1);
		expect((await post(server, "sign-up/email", jo)).statusCode).toBe(200);
	});

	it("a timeout does not count as a failed sign-in attempt", async () => {
		const server = await build({ env: { RATE_LIMIT_SCALE: "0.1" } });
		const rin = await server.signUp();
		const other = lock(server);
		expect((await post(server, "sign-in/email", { email: rin.email, password: PASSWORD })).statusCode).toBe(503);
		other.exec("ROLLBACK");
		expect((await post(server, "sign-in/email", { email: rin.email, password: PASSWORD })).statusCode).toBe(200);
	});
});

describe("a rush of sign-ins", () => {
	it("is partly refused with Retry-After, and the rest succeed", async () => {
		const slow = Promise.withResolvers<boolean>();
		const passwordHash = { ...quickHash, verify: () => slow.promise };
		const server = await build({ env: { RATE_LIMIT_SCALE: "0" }, passwordHash });
		const rin = await server.signUp();
		const refused: LightMyRequestResponse[] = [];
		const rush = Array.from({ length: 70 }, async () => {
			const answer = await post(server, "sign-in/email", { email: rin.email, password: PASSWORD });
			if (answer.statusCode === 503) refused.push(answer);
			return answer.statusCode;
		});
		await expect.poll(() => refused).toHaveLength(4);
		expect(refused[0]?.headers["retry-after"]).toBe("5");
		slow.resolve(true);
		expect((await Promise.all(rush)).filter((status) => status === 200)).toHaveLength(66);
	});
});
