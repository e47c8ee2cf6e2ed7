import { describe, expect, test } from "vitest";

import { createSearchLine } from "../../../server/keys/search-line.ts";
import { build } from "../helper.ts";

const STAYS = new AbortController().signal;

/** A search that has begun, or waits for its turn, and ends when it is told to. */
function search(line: ReturnType<typeof createSearchLine>, accountId: string, gone = STAYS) {
	const ended = Promise.withResolvers<string>();
	let begun = false;
	const answer = line.inTurn(accountId, gone, () => {
		begun = true;
		return ended.promise;
	});
	answer.catch(() => undefined);
	return { answer, hasBegun: () => begun, end: () => ended.resolve("found") };
}

describe("searches", () => {
	test("are made one after the other, whoever asks", async () => {
		const line = createSearchLine();
		const [first, second] = [search(line, "rin"), search(line, "jo")];
		expect([first.hasBegun(), second.hasBegun()]).toEqual([true, false]);
		first.end();
		expect(await first.answer).toBe("found");
		await expect.poll(second.hasBegun).toBe(true);
		second.end();
		expect(await second.answer).toBe("found");
		expect(search(line, "rin").hasBegun()).toBe(true);
	});

	test("wait at most two of one account, and keep nobody else's from waiting", async () => {
		const line = createSearchLine();
		const [first] = [search(line, "rin"), search(line, "rin"), search(line, "rin")];
		await expect(search(line, "rin").answer).rejects.toMatchObject({
			statusCode: 429,
			headers: { "Retry-After": "1" },
		});
		const other = search(line, "jo");
		first.end();
		await first.answer;
		expect(other.hasBegun()).toBe(false);
		expect(search(line, "rin").hasBegun()).toBe(false);
	});

	test("that nobody waits for any more are not made, and make room", async () => {
		const line = createSearchLine();
		const leaving = new AbortController();
		const first = search(line, "rin");
		const gone = search(line, "rin", leaving.signal);
		const stays = search(line, "rin");
		leaving.abort();
		await expect(gone.answer).rejects.toMatchObject({ code: "client_gone" });
		search(line, "rin");
		first.end();
		await first.answer;
		await expect.poll(stays.hasBegun).toBe(true);
		expect(gone.hasBegun()).toBe(false);
	});

	test("are for no more than a label's 64 characters", async () => {
		const server = await build();
		const rin = await server.signUp();
		const answer = (length: number) =>
			rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?q=${"🗝".repeat(length)}`);
		expect((await answer(64)).statusCode).toBe(200);
		expect((await answer(65)).json()).toMatchObject({ status: 400, errors: [{ path: "q" }] });
	});
});
