import { expect, it } from "vitest";

import { recountHourly } from "../../../server/keys/usage/recount-hourly.ts";
import type { Storage } from "../../../server/storage/storage.ts";

const HOUR_MS = 3_600_000;

/** Storage with one batch of keys after each of these ids. */
function storageWith(ids: string[], now: () => number) {
	const asked: string[] = [];
	const write = async (_store: unknown, { after }: { after: string }) => {
		asked.push(after);
		return ids[after === "" ? 0 : ids.indexOf(after) + 1];
	};
	return { asked, storage: { write, now } as unknown as Pick<Storage, "write" | "now"> };
}

async function runAll(step: () => Promise<boolean>): Promise<void> {
	while (await step());
}

it("each hour's sums are recounted once, a batch at a time", async () => {
	let hour = 7;
	const { asked, storage } = storageWith(["key_1", "key_2"], () => hour * HOUR_MS);
	const step = recountHourly(storage);
	await runAll(step);
	await runAll(step);
	expect(asked).toEqual(["", "key_1", "key_2"]);
	hour += 1;
	await runAll(step);
	expect(asked).toHaveLength(6);
});

it("a recount that runs into the next hour is followed by another one", async () => {
	let hour = 7;
	const { asked, storage } = storageWith(["key_1"], () => hour * HOUR_MS);
	const step = recountHourly(storage);
	await step();
	hour += 1;
	await runAll(step);
	await runAll(step);
	expect(asked).toEqual(["", "key_1", "", "key_1"]);
});
