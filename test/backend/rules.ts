import { describe, expect, it } from "vitest";

import type { Answer, BackendProcess } from "./backend-process.ts";
import type { Weather } from "./front.ts";
import { revoke, type World } from "./world.ts";

const INVALID = 'Bearer realm="auxvyn", error="invalid_token"';
const AWAY: Weather[] = ["torn", "silent", "redirecting", "a page", "vague", "failing", "unavailable"];
/** Well-formed, and unknown everywhere. */
const UNKNOWN = "auxvyn_000000000000000000000000000000000000000000000000000071550ccf";

/**
 * The rules by which a backend lets requests in, as tests. Each asks all backends at once, so that they wait together.
 * @param given the world, and the backends by name
 */
export function describeRules(
	name: string,
	given: () => { world: World; backends: Record<string, BackendProcess> },
): void {
	async function ask(headers: [string, string][]): Promise<Record<string, Answer>> {
		const asked = Object.entries(given().backends).map(async ([backend, { get }]) => [backend, await get(headers)]);
		return Object.fromEntries(await Promise.all(asked)) as Record<string, Answer>;
	}

	/** Expects the same of every backend. */
	async function expectAll(headers: [string, string][], answer: object): Promise<void> {
		const expected = Object.keys(given().backends).map((backend) => [backend, answer]);
		expect(await ask(headers)).toEqual(Object.fromEntries(expected));
	}

	const refused = (status: number, code: string, challenge: string | null, retryAfter: string | null = null) => ({
		status,
		contentType: "application/problem+json",
		challenge,
		retryAfter,
		body: expect.objectContaining({
			...{ status, code, type: `urn:auxvyn:problem:${code}` },
			detail: expect.stringContaining(".") as unknown,
		}) as unknown,
	});
	const unavailable = refused(503, "authentication_unavailable", null, "1");

	describe(name, () => {
		it("lets in a key of its workspace, in either header or in both, and knows whose it is", async () => {
			const { world } = given();
			const { secret } = await world.rin.createKey("Live game");
			const body = { workspace: world.rin.workspaceId, key: "Live game" };
			const accepted = { status: 200, contentType: "application/json", challenge: null, retryAfter: null, body };
			await expectAll([["authorization", `Bearer ${secret}`]], accepted);
			await expectAll([["X-Api-Key", secret]], accepted);
			await expectAll(
				[
					["x-api-key", secret],
					["authorization", `bearer  ${secret}`],
				],
				accepted,
			);
			await expectAll(
				[
					["x-api-key", secret],
					["authorization", "Bearer somebody-elses"],
				],
				accepted,
			);
			await expectAll(
				[
					["x-api-key", secret],
					["authorization", "Basic cmluOnB3"],
				],
				accepted,
			);
		});

		it("refuses a request with no key, with two, or with something else", async () => {
			const { world } = given();
			const [{ secret }, other] = [await world.rin.createKey("A"), await world.rin.createKey("B")];
			const missing = refused(401, "missing_key", 'Bearer realm="auxvyn"');
			const malformed = refused(401, "malformed_key", INVALID);
			const before = world.front.requests.length;
			await expectAll([], missing);
			await expectAll([["authorization", "Basic cmluOnB3"]], missing);
			await expectAll([["authorization", "Bearer somebody-elses"]], malformed);
			await expectAll([["x-api-key", `${secret.slice(0, -1)}${secret.endsWith("0") ? "1" : "0"}`]], malformed);
			await expectAll([["x-api-key", secret.slice(0, -1)]], malformed);
			await expectAll([["x-api-key", secret.toUpperCase()]], malformed);
			await expectAll(
				[
					["x-api-key", secret],
					["authorization", `Bearer ${other.secret}`],
				],
				refused(400, "conflicting_keys", 'Bearer realm="auxvyn", error="invalid_request"'),
			);
			// None of them is worth a question.
			expect(world.front.requests).toHaveLength(before);
		});

		it("refuses an unknown key, a foreign one, and a revoked one from the next request on", async () => {
			const { world } = given();
			const inactive = refused(401, "inactive_key", INVALID);
			await expectAll([["x-api-key", UNKNOWN]], inactive);
			await expectAll([["x-api-key", (await world.jo.createKey("Foreign")).secret]], inactive);
			const { key, secret } = await world.rin.createKey("Leaked");
			for (let asked = 0; asked < 2; asked += 1)
				expect(statusesOf(await ask([["x-api-key", secret]]))).toEqual(new Set([200]));
			await revoke(world.rin, key.id);
			await expectAll([["x-api-key", secret]], inactive);
		});

		it("refuses a good key of another workspace, which the operator's credentials see", async () => {
			const { world } = given();
			world.front.authorization = world.operator;
			try {
				const { secret } = await world.jo.createKey("Foreign");
				await expectAll([["x-api-key", secret]], refused(403, "wrong_workspace", null));
			} finally {
				world.front.authorization = undefined;
			}
		});

		it.each(AWAY)("answers 503 while the Auxvyn server is %s, and lets in again afterwards", async (weather) => {
			const { world } = given();
			const { secret } = await world.rin.createKey("Live game");
			world.front.weather = weather;
			try {
				await expectAll([["x-api-key", secret]], unavailable);
			} finally {
				world.front.weather = "fine";
			}
			expect(world.front.requests.map(({ path }) => path)).not.toContain("/elsewhere");
			expect(statusesOf(await ask([["x-api-key", secret]]))).toEqual(new Set([200]));
		});

		it("answers 503 once its credentials were deleted, and then while there is no server at all", async () => {
			const { world, backends } = given();
			const { secret } = await world.rin.createKey("Live game");
			await world.rin.request("DELETE", `/api/workspaces/${world.rin.workspaceId}/backends/${world.client.id}`);
			await expectAll([["x-api-key", secret]], unavailable);
			await world.front.close();
			await expectAll([["x-api-key", secret]], unavailable);
			// Neither is anywhere in what they print.
			const printed = Object.values(backends).map(({ output }) => output());
			for (const text of printed) {
				expect(text).not.toContain("auxvyn_");
				expect(text).not.toContain(world.client.secret);
			}
		});
	});
}

function statusesOf(answers: Record<string, Answer>): Set<number> {
	return new Set(Object.values(answers).map(({ status }) => status));
}
