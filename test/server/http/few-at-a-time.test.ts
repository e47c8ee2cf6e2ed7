import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, it } from "vitest";

import { fewAtATime } from "../../../server/http/few-at-a-time.ts";

const asRequest = (n: number) => n as unknown as IncomingMessage;
const RESPONSE = {} as ServerResponse;

it("requests that arrive together are handed over in order, a few in each turn", async () => {
	const handed: number[] = [];
	const take = fewAtATime((request) => void handed.push(request as unknown as number));
	for (let n = 0; n < 100; n += 1) take(asRequest(n), RESPONSE);
	const turns = [handed.length];
	while (handed.length < 100) {
		await nextTurn();
		turns.push(handed.length - turns.reduce((sum, each) => sum + each, 0));
	}
	expect(handed).toEqual(Array.from({ length: 100 }, (_, n) => n));
	expect(Math.max(...turns)).toBeLessThanOrEqual(16);
});

it("a single request does not wait", async () => {
	const handed: number[] = [];
	const take = fewAtATime((request) => void handed.push(request as unknown as number));
	for (let n = 0; n < 40; n += 1) {
		take(asRequest(n), RESPONSE);
		expect(handed).toHaveLength(n + 1);
		await nextTurn();
	}
});

it("one that arrives while others wait does not go before them", async () => {
	const handed: number[] = [];
	const take = fewAtATime((request) => void handed.push(request as unknown as number));
	for (let n = 0; n < 50; n += 1) take(asRequest(n), RESPONSE);
	await nextTurn();
	take(asRequest(50), RESPONSE);
	while (handed.length < 51) await nextTurn();
	expect(handed).toEqual(Array.from({ length: 51 }, (_, n) => n));
});
