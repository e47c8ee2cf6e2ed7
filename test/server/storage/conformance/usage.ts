import { describe, expect, it } from "vitest";

import { insertKey } from "../../../../server/keys/manage/key-writes.store.ts";
import { readUses } from "../../../../server/keys/usage/key-uses.store.ts";
import { addStudioUsage } from "../../../../server/keys/usage/studio-usage.store.ts";
import { addUsage } from "../../../../server/keys/usage/usage.store.ts";
import { emptyEntry, hourOf, minuteOf } from "../../../../server/keys/usage/usage-entry.ts";
import type { StudioSeries } from "../../../../shared/wire.ts";
import { addRow } from "../probes.store.ts";
import type { Engine } from "./engine.ts";
import { newKey } from "./new-key.ts";

const HOUR_MS = 3_600_000;

export function usage(engine: Engine): void {
	describe(`${engine.name}: the usage counted by two servers`, () => {
		it("adds up, and neither last use nor last refusal moves back", async () => {
			const database = await engine.create();
			const [here, there] = [await database.open(), await database.open()];
			await here.write(addRow, { id: "ws_1" });
			const key = newKey("ws_1");
			await here.write(insertKey, key);
			const now = here.now();
			const entry = emptyEntry(key.id, minuteOf(now));
			const used = { accepted: 3, lastUsedAt: now, firstServerAt: now, lastServerAt: now };
			const refused = { refused: 2, lastRefusedAt: now };
			await Promise.all([
				here.write(addUsage, { entries: [{ ...entry, ...used, ...refused }] }),
				there.write(addUsage, {
					entries: [
						{ ...entry, accepted: 4, lastUsedAt: now - 9_000, lastServerAt: now - 9_000 },
						{ ...entry, minute: entry.minute - 1, accepted: 5, lastUsedAt: now - 60_000 },
						{ ...entry, refused: 1, lastRefusedAt: now - 5_000 },
						{ ...emptyEntry("key_gone", entry.minute), accepted: 9, lastUsedAt: now },
					],
				}),
			]);
			const at = new Date(now).toISOString();
			expect(await here.scan(readUses, { ids: [key.id] })).toMatchObject([
				{ requests24h: 12, requests1h: 12, lastUsedAt: at, lastServerAt: at, firstServerAt: at, lastRefusedAt: at },
			]);
		});

		it("adds up in Studio, too, by hour and by series", async () => {
			const database = await engine.create();
			const [here, there] = [await database.open(), await database.open()];
			await here.write(addRow, { id: "ws_1" });
			const key = newKey("ws_1");
			await here.write(insertKey, key);
			const now = here.now();
			const entry = (series: StudioSeries, accepted: number, lastUsedAt: number, keyId = key.id) => ({
				...{ keyId, series, accepted, lastUsedAt },
				hour: hourOf(lastUsedAt),
			});
			await Promise.all([
				here.write(addStudioUsage, { entries: [entry("studio", 2, now), entry("plugin", 1, now - 5_000)] }),
				there.write(addStudioUsage, {
					entries: [
						entry("studio", 3, now - 3 * HOUR_MS),
						entry("studio", 4, now - 9_000),
						entry("studio", 8, now - 25 * HOUR_MS),
						entry("plugin", 9, now, "key_gone"),
					],
				}),
			]);
			const iso = (time: number) => new Date(time).toISOString();
			expect(await there.scan(readUses, { ids: [key.id] })).toMatchObject([
				{
					...{ lastUsedAt: null, requests24h: 0 },
					studio: { lastUsedAt: iso(now), requests24h: 9 },
					plugin: { lastUsedAt: iso(now - 5_000), requests24h: 1 },
				},
			]);
		});
	});
}
