import { describe, expect, it } from "vitest";

import { systemClock } from "../../../../server/clock.ts";
import { storeTime } from "../../../../server/storage/clock.store.ts";
import { addRow } from "../probes.store.ts";
import type { Engine } from "./engine.ts";

const YEAR_MS = 365 * 86_400_000;
const yearAhead = { ...systemClock, now: () => systemClock.now() + YEAR_MS };

export function time(engine: Engine): void {
	describe(`${engine.name}: a first start with a clock a year ahead`, () => {
		it.each([
			["is forgotten at the next start, as long as nothing depends on its time", false],
			["is not forgotten once something depends on its time", true],
		])("%s", async (_what, isUsed) => {
			const database = await engine.create();
			const ahead = await database.open({ clock: yearAhead });
			await ahead.write(storeTime, { unbelieved: null });
			if (isUsed) await ahead.write(addRow, { id: "ws_1" });
			await ahead.close();
			const lead = (await database.open()).now() - systemClock.now();
			expect(lead > YEAR_MS / 2).toBe(isUsed);
		});
	});
}
