import { expect, it } from "vitest";

import { createCommitMarks } from "../../../server/keys/usage/commit-marks.ts";
import { markCommitted } from "../../../server/keys/usage/processes.store.ts";
import { createUsageMeter } from "../../../server/keys/usage/usage-meter.ts";
import type { Storage } from "../../../server/storage/storage.ts";
import { testClock } from "../helper.ts";

const STRETCH_SECONDS = 300;

it("a server says only up to when it has written what it counted, however long that took", async () => {
	const clock = testClock();
	const marked: unknown[] = [];
	const write = async (store: unknown, args: unknown): Promise<void> => {
		// Whatever else is written takes as long as a stretch.
		if (store !== markCommitted) clock.advance(STRETCH_SECONDS);
		else marked.push((args as { until: number }).until);
	};
	const storage = { write } as Pick<Storage, "read" | "write">;
	const fail = (error: unknown): void => {
		throw error;
	};
	const meter = createUsageMeter({ storage, marks: createCommitMarks({ storage, clock }), onError: fail });
	await meter.flush();
	clock.advance(STRETCH_SECONDS);
	const counted = clock.now();
	meter.record("key_1", counted, null);
	expect(await meter.flush()).toBe(true);
	expect(clock.now()).toBeGreaterThan(counted);
	expect(marked.at(-1)).toBe(counted);
	await meter.close();
});
