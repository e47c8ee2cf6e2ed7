import { describe, expect, it } from "vitest";

import { createScanQueue } from "../../../server/storage/scan-queue.ts";
import type { ScanOptions } from "../../../server/storage/storage.ts";

/** Scans that record the order in which they start, and end when told to. */
function scans() {
	const line = createScanQueue();
	const started: string[] = [];

	function ask(name: string, options: ScanOptions = {}) {
		const ended = Promise.withResolvers<string>();
		const answer = line.inTurn(options, () => {
			started.push(name);
			return ended.promise;
		});
		answer.catch(() => undefined);
		return {
			answer,
			async end() {
				ended.resolve(name);
				expect(await answer).toBe(name);
			},
		};
	}

	return { ask, started };
}

describe("scans", () => {
	it("run one at a time", async () => {
		const { ask, started } = scans();
		const [first, second] = [ask("first"), ask("second")];
		expect(started).toEqual(["first"]);
		await first.end();
		await expect.poll(() => started).toEqual(["first", "second"]);
		await second.end();
		ask("third");
		expect(started).toEqual(["first", "second", "third"]);
	});

	it("of different accounts take turns, however many one account has waiting", async () => {
		const { ask, started } = scans();
		const asked = [
			ask("rin 1", { account: "rin" }),
			ask("rin 2", { account: "rin" }),
			ask("rin 3", { account: "rin" }),
			ask("rin 4", { account: "rin" }),
			ask("jo 1", { account: "jo" }),
			ask("server"),
		];
		const order = ["rin 1", "rin 2", "jo 1", "server", "rin 3", "rin 4"];
		for (const [place, name] of order.entries()) {
			await expect.poll(() => started).toEqual(order.slice(0, place + 1));
			await asked[["rin 1", "rin 2", "rin 3", "rin 4", "jo 1", "server"].indexOf(name)]?.end();
		}
	});

	it("that fail let the next one start", async () => {
		const line = createScanQueue();
		const failing = line.inTurn({}, () => Promise.reject(new Error("power cut")));
		const next = line.inTurn({}, () => Promise.resolve("done"));
		await expect(failing).rejects.toThrow("power cut");
		expect(await next).toBe("done");
	});

	it("of one account may be limited, without affecting other accounts", async () => {
		const { ask, started } = scans();
		const rin = { account: "rin", maxWaiting: 2 };
		const first = ask("rin 1", rin);
		ask("rin 2", rin);
		ask("rin 3", rin);
		await expect(ask("rin 4", rin).answer).rejects.toMatchObject({ code: "too_many_waiting" });
		ask("jo 1", { account: "jo", maxWaiting: 2 });
		await first.end();
		await expect.poll(() => started).toEqual(["rin 1", "rin 2"]);
	});

	it("wait while the queue is paused, then continue one at a time", async () => {
		const queue = createScanQueue();
		const started: string[] = [];
		const ask = (name: string) => queue.inTurn({}, async () => void started.push(name));
		const first = ask("first");
		queue.pause();
		await first;
		const others = [ask("second"), ask("third")];
		await new Promise(setImmediate);
		expect(started).toEqual(["first"]);
		queue.resume();
		await Promise.all(others);
		expect(started).toEqual(["first", "second", "third"]);
		await ask("fourth");
		expect(started).toHaveLength(4);
	});

	it("of one account are limited to a hundred waiting", async () => {
		const { ask } = scans();
		ask("first", { account: "rin" });
		for (let count = 0; count < 100; count++) ask("another", { account: "rin" });
		await expect(ask("too many", { account: "rin" }).answer).rejects.toMatchObject({ code: "too_many_waiting" });
	});

	it("whose client has disconnected never start, and make room", async () => {
		const { ask, started } = scans();
		const leaving = new AbortController();
		const rin = { account: "rin", maxWaiting: 2 };
		const first = ask("first", rin);
		const left = ask("left", { ...rin, signal: leaving.signal });
		ask("stays", rin);
		leaving.abort();
		await expect(left.answer).rejects.toMatchObject({ code: "abandoned" });
		ask("later", rin);
		await first.end();
		await expect.poll(() => started).toEqual(["first", "stays"]);
		await expect(ask("gone before", { signal: leaving.signal }).answer).rejects.toMatchObject({ code: "abandoned" });
	});
});
