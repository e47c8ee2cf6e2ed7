import { describe, expect, it } from "vitest";

import { createFairLine } from "../../../server/http/fair-line.ts";

/** A line of twelve places, three of them for known visitors, with one place to work in, which is taken. */
function crowd() {
	const line = createFairLine({
		maxRunning: 1,
		maxWaiting: 12,
		keptForKnown: 3,
		dropped: () => new Error("dropped"),
	});
	const served: string[] = [];
	const dropped: string[] = [];
	let finish = Promise.withResolvers<undefined>();
	const ends: Promise<void>[] = [];

	function enter(name: string, address: string, isKnown = false): void {
		const work = async (): Promise<void> => {
			served.push(name);
			finish = Promise.withResolvers();
			await finish.promise;
		};
		ends.push(line.inTurn({ address, isKnown }, work).catch(() => void dropped.push(name)));
	}
	enter("first", "192.0.2.1");

	return {
		enter,
		/** Lets the others work, one after the other. */
		async serveAll(): Promise<string[]> {
			const count = ends.length;
			for (let done = 0; done < count; done++) {
				finish.resolve(undefined);
				await new Promise(setImmediate);
			}
			await Promise.all(ends);
			return served.slice(1);
		},
		dropped,
	};
}

const times = (count: number, act: (index: number) => void) => Array.from({ length: count }, (_, index) => act(index));

describe("a line", () => {
	it("drops the oldest of the network that has the most, when it is full", async () => {
		const { enter, serveAll, dropped } = crowd();
		times(5, (index) => enter(`few ${index}`, "198.51.100.1"));
		times(7, (index) => enter(`many ${index}`, "203.0.113.7"));
		enter("new", "198.51.100.2");
		const served = await serveAll();
		expect(dropped).toEqual(["many 0"]);
		expect(served).toContain("new");
	});

	it.each([
		["a /24", (index: number) => `203.0.113.${index}`],
		["a /56", (index: number) => `2001:db8:0:${index}::`],
		["a /48", (index: number) => `2001:db8:0:${index}00::`],
	])("sees the network behind the many addresses of %s", async (_what, address) => {
		const line = createFairLine({ maxRunning: 1, maxWaiting: 6, keptForKnown: 0, dropped: () => new Error("x") });
		const gate = Promise.withResolvers<undefined>();
		const dropped: string[] = [];
		const enter = (name: string, from: string) =>
			line.inTurn({ address: from, isKnown: false }, () => gate.promise).catch(() => void dropped.push(name));
		const all = [enter("first", "192.0.2.1"), enter("oldest", "198.51.100.1")];
		times(5, (index) => void all.push(enter(`many ${index}`, address(index))));
		all.push(enter("new", "198.51.100.2"));
		gate.resolve(undefined);
		await Promise.all(all);
		expect(dropped).toEqual(["many 0"]);
	});

	it("drops the oldest of all where every network has only a few", async () => {
		const { enter, serveAll, dropped } = crowd();
		times(12, (index) => enter(`each ${index}`, `198.51.${index}.1`));
		enter("new", "203.0.113.7");
		await serveAll();
		expect(dropped).toEqual(["each 0"]);
	});

	it("keeps a share for known visitors, and no more", async () => {
		const { enter, serveAll, dropped } = crowd();
		times(3, (index) => enter(`known ${index}`, `198.51.${index}.1`, true));
		times(12, (index) => enter(`new ${index}`, `203.0.${index}.1`));
		expect((await serveAll()).filter((name) => name.startsWith("known"))).toHaveLength(3);
		expect(dropped).toEqual(["new 0", "new 1", "new 2"]);

		const greedy = crowd();
		times(8, (index) => greedy.enter(`known ${index}`, "198.51.100.1", true));
		times(5, (index) => greedy.enter(`new ${index}`, `203.0.${index}.1`));
		await greedy.serveAll();
		expect(greedy.dropped).toEqual(["known 0"]);
	});

	it("lets networks take turns, and known visitors every other one", async () => {
		const { enter, serveAll } = crowd();
		times(4, (index) => enter(`flood ${index}`, "203.0.113.7"));
		enter("other", "198.51.100.1");
		times(2, (index) => enter(`known ${index}`, "192.0.2.7", true));
		expect(await serveAll()).toEqual(["known 0", "flood 0", "known 1", "other", "flood 1", "flood 2", "flood 3"]);
	});

	it("goes on after work that fails", async () => {
		const line = createFairLine({ maxRunning: 1, maxWaiting: 2, keptForKnown: 0, dropped: () => new Error("dropped") });
		const visitor = { address: "192.0.2.1", isKnown: false };
		const failing = line.inTurn(visitor, () => Promise.reject(new Error("failed")));
		const next = line.inTurn(visitor, () => Promise.resolve("done"));
		await expect(failing).rejects.toThrow("failed");
		expect(await next).toBe("done");
		expect(await line.inTurn(visitor, () => Promise.resolve("again"))).toBe("again");
	});
});
