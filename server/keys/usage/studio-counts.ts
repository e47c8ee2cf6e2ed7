import type { StudioSeries } from "../../../shared/wire.ts";
import { hourOf } from "./usage-entry.ts";

/** A key's requests by playtests or by the plugin in one hour, since the last flush. */
export interface StudioEntry {
	keyId: string;
	series: StudioSeries;
	/** Hours since 1970. */
	hour: number;
	accepted: number;
	/** In milliseconds. */
	lastUsedAt: number;
}

/** Counts requests from Studio in memory, by key, series and hour. They are few: games are counted elsewhere. */
export function createStudioCounts() {
	let entries = new Map<string, StudioEntry>();

	function add(entry: StudioEntry): void {
		const name = `${entry.series} ${entry.hour} ${entry.keyId}`;
		const known = entries.get(name);
		if (known === undefined) entries.set(name, entry);
		else {
			known.accepted += entry.accepted;
			known.lastUsedAt = Math.max(known.lastUsedAt, entry.lastUsedAt);
		}
	}

	return {
		/** Also for entries that could not be written. */
		add,
		record(keyId: string, now: number, series: StudioSeries): void {
			add({ keyId, series, hour: hourOf(now), accepted: 1, lastUsedAt: now });
		},
		/** Returns all entries and forgets them. */
		take(): StudioEntry[] {
			const taken = [...entries.values()];
			entries = new Map();
			return taken;
		},
	};
}
