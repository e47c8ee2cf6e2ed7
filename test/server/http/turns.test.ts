import { describe, expect, it } from "vitest";

import { createLanes } from "../../../server/http/lanes.ts";
import { createPlaces } from "../../../server/http/places.ts";
import { createTurns } from "../../../server/http/turns.ts";
import { infrastructure } from "./infrastructure.ts";

const lane = (address: string, name = "") => ({ address, lane: name });
const times = <T>(count: number, action: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, i) => action(i));

describe("lanes", () => {
	it("let addresses take turns, and the lanes of an address", () => {
		const lanes = createLanes<string>();
		for (const entry of ["a1", "a2", "a3"]) lanes.push(lane("a", "one"), entry);
		lanes.push(lane("a", "two"), "a4");
		lanes.push(lane("b"), "b1");
		lanes.push(lane("b"), "b2");
		expect(lanes.size).toBe(6);
		expect(times(7, () => lanes.shift())).toEqual(["a1", "b1", "a4", "b2", "a2", "a3", undefined]);
		expect(lanes.size).toBe(0);
	});

	it("forget what leaves", () => {
		const lanes = createLanes<string>();
		lanes.push(lane("a"), "first");
		lanes.push(lane("a"), "second");
		expect(lanes.remove(lane("a"), "first")).toBe(true);
		expect(lanes.remove(lane("a"), "first")).toBe(false);
		expect([lanes.size, lanes.shift(), lanes.shift()]).toEqual([1, "second", undefined]);
	});
});

/** Turns whose event loop the test runs, and whose work takes a time of its own. */
function turnsByHand() {
	let now = 0;
	let deferred: (() => void)[] = [];
	const turns = createTurns({ monotonic: () => now, defer: (callback) => void deferred.push(callback) });
	return {
		turns,
		work: (milliseconds: number) => void (now += milliseconds),
		turn() {
			const callbacks = deferred;
			deferred = [];
			const errors: unknown[] = [];
			for (const callback of callbacks) {
				try {
					callback();
				} catch (error) {
					errors.push(error);
				}
			}
			if (errors.length > 0) throw errors[0];
			return deferred.length > 0;
		},
	};
}

describe("turns", () => {
	it("begin nothing in the turn in which it arrives, eight requests in the next, and so on", () => {
		const { turns, turn } = turnsByHand();
		const begun: number[] = [];
		for (let index = 0; index < 20; index++) turns.enter(lane("a"), false, () => void begun.push(index));
		expect(begun).toEqual([]);
		expect([turn(), begun.length, turn(), begun.length, turn(), begun.length]).toEqual([true, 8, true, 16, false, 20]);
		expect(begun).toEqual(times(20, (index) => index));
	});

	it("end when a millisecond has passed, and go on in the next", () => {
		const { turns, turn, work } = turnsByHand();
		const begun: number[] = [];
		for (let index = 0; index < 6; index++) {
			turns.enter(lane("a"), false, () => {
				begun.push(index);
				work(0.35);
			});
		}
		turn();
		expect(begun).toEqual([0, 1, 2]);
		work(100);
		turn();
		expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it("alternate between what is urgent and what is not", () => {
		const { turns, turn } = turnsByHand();
		const begun: string[] = [];
		for (const name of ["page 1", "page 2", "page 3"]) turns.enter(lane("a"), false, () => void begun.push(name));
		for (const name of ["revoke 1", "revoke 2"]) turns.enter(lane("a"), true, () => void begun.push(name));
		turn();
		expect(begun).toEqual(["revoke 1", "page 1", "revoke 2", "page 2", "page 3"]);
	});

	it("skip requests whose client has left, and survive an error", () => {
		const { turns, turn } = turnsByHand();
		const begun: string[] = [];
		turns.enter(lane("a"), false, () => void begun.push("gone"))();
		turns.enter(lane("a"), false, () => {
			throw new Error("broken");
		});
		expect(turn).toThrow("broken");
		turns.enter(lane("a"), false, () => void begun.push("next"));
		while (turn());
		expect(begun).toEqual(["next"]);
	});
});

describe("places", () => {
	it("are taken by so many at once, and then in turn", () => {
		const places = createPlaces(2);
		const begun: string[] = [];
		const enter = (name: string, key = "office") => places.enter(key, name.slice(0, 3), () => void begun.push(name));
		const [first, , rin] = ["rin 1", "rin 2", "rin 3", "rin 4", "jo  1"].map((name) => enter(name));
		enter("sam 1", "elsewhere");
		expect(begun).toEqual(["rin 1", "rin 2", "sam 1"]);
		first?.();
		first?.();
		expect(begun.slice(3)).toEqual(["rin 3"]);
		rin?.();
		expect(begun.slice(4)).toEqual(["jo  1"]);
	});

	it("are not kept for who has left the line, and are free again in the end", () => {
		const places = createPlaces(1);
		const begun: string[] = [];
		const leave = ["first", "gone", "third"].map((name) => places.enter("a", "", () => void begun.push(name)));
		leave[1]?.();
		leave[0]?.();
		leave[2]?.();
		places.enter("a", "", () => void begun.push("fourth"));
		expect(begun).toEqual(["first", "third", "fourth"]);
	});
});

const WRONG_METHOD = "/metrics";

describe("a crowd of requests", () => {
	it("lets a game's request go first, whatever it asks for", async () => {
		const { app } = await infrastructure((app) => void app.get("/v1/thing", async () => ({ ok: true })));
		const done: string[] = [];
		const ask = async (url: string): Promise<void> => {
			await app.inject(url === WRONG_METHOD ? { method: "DELETE", url } : url);
			done.push(url);
		};
		const crowd = [WRONG_METHOD, "/openapi.json", "/nowhere", "/healthz"];
		const asked = [...times(200, (index) => ask(crowd[index % crowd.length] ?? "")), ask("/v1/thing")];
		await Promise.all(asked);
		expect(done.indexOf("/v1/thing")).toBeLessThan(100);
	});
});
