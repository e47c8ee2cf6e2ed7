import { expect, it } from "vitest";

import { throughAllKeys } from "../../../server/keys/usage/through-all-keys.ts";

const HOUR_MS = 3_600_000;

/** A pass with one batch of keys after each of these ids. */
function passOver(ids: string[], now: () => number) {
	const asked: string[] = [];
	const step = async (after: string) => {
		asked.push(after);
		return ids[after === "" ? 0 : ids.indexOf(after) + 1];
	};
	return { asked, pass: throughAllKeys({ everyMs: HOUR_MS, now, step }) };
}

async function runAll(step: () => Promise<boolean>): Promise<void> {
	while (await step());
}

it("each hour there is one pass through all keys, a batch at a time", async () => {
	let hour = 7;
	const { asked, pass } = passOver(["key_1", "key_2"], () => hour * HOUR_MS);
	await runAll(pass);
	await runAll(pass);
	expect(asked).toEqual(["", "key_1", "key_2"]);
	hour += 1;
	await runAll(pass);
	expect(asked).toHaveLength(6);
});

it("a pass that runs into the next hour is followed by another one", async () => {
	let hour = 7;
	const { asked, pass } = passOver(["key_1"], () => hour * HOUR_MS);
	await pass();
	hour += 1;
	await runAll(pass);
	await runAll(pass);
	expect(asked).toEqual(["", "key_1", "", "key_1"]);
});
