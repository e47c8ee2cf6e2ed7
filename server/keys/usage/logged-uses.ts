import { setImmediate as nextTurn } from "node:timers/promises";

import { createServerCounts } from "./server-counts.ts";
import type { ServerUse } from "./server-use.ts";
import { merged, type UsageEntry } from "./usage-entry.ts";

/** Uses of keys whose ids are neighbours, which are written to the same pages of the database. */
export interface LoggedUses {
	slot: number;
	/** When the earliest of them can have been, in milliseconds. */
	since: number;
	entries: UsageEntry[];
	servers: ServerUse[];
}

/** As `newId` writes numbers. */
const RADIX = 32;
const ID_START = "key_".length;
/** About a millisecond. */
const USES_PER_TURN = 2_000;

export function slotOf(keyId: string): number {
	return Number.parseInt(keyId.slice(ID_START, ID_START + 2), RADIX) || 0;
}

/** In the order of their slots. Games are served in between, since this takes milliseconds. */
export async function bySlot(
	entries: readonly UsageEntry[],
	servers: readonly ServerUse[],
	since: number,
): Promise<LoggedUses[]> {
	const slots = Array.from({ length: RADIX ** 2 }, (_, slot): LoggedUses => ({
		slot,
		since,
		entries: [],
		servers: [],
	}));
	await inTurns(entries, (entry) => slots[slotOf(entry.keyId)]?.entries.push(entry));
	await inTurns(servers, (use) => slots[slotOf(use.keyId)]?.servers.push(use));
	return slots.filter((slot) => slot.entries.length + slot.servers.length > 0);
}

async function inTurns<Use>(uses: readonly Use[], sort: (use: Use) => void): Promise<void> {
	for (let start = 0; start < uses.length; start += USES_PER_TURN) {
		uses.slice(start, start + USES_PER_TURN).forEach(sort);
		await nextTurn();
	}
}

/** As arrays, with times since `since`: in half the time and space of objects. */
export function encodeUses({ since, entries, servers }: Omit<LoggedUses, "slot">): string {
	return JSON.stringify([entries.map((entry) => fromEntry(entry, since)), servers.map((use) => fromUse(use, since))]);
}

/** Adds up what rows of the log say. */
export function decodeUses(rows: readonly { since: number; uses: string }[]): Pick<LoggedUses, "entries" | "servers"> {
	const counts = createServerCounts();
	const entries: UsageEntry[] = [];
	for (const { since, uses } of rows) {
		const [ownEntries, ownServers] = JSON.parse(uses) as [EntryRow[], UseRow[]];
		for (const entry of ownEntries) entries.push(toEntry(entry, since));
		for (const use of ownServers) counts.add(toUse(use, since));
	}
	return { entries: merged(entries, ({ keyId, minute }) => `${keyId} ${minute}`), servers: counts.take() };
}

type EntryRow = ReturnType<typeof fromEntry>;
type UseRow = ReturnType<typeof fromUse>;

function fromEntry(entry: UsageEntry, since: number) {
	return [
		entry.keyId,
		entry.minute,
		entry.accepted,
		entry.refused,
		after(since, entry.lastUsedAt),
		after(since, entry.lastRefusedAt),
		after(since, entry.firstServerAt),
		after(since, entry.lastServerAt),
		entry.fromServers,
		after(since, entry.lastWithoutServerAt),
	] as const;
}

function toEntry(row: EntryRow, since: number): UsageEntry {
	return {
		keyId: row[0],
		minute: row[1],
		accepted: row[2],
		refused: row[3],
		lastUsedAt: at(since, row[4]),
		lastRefusedAt: at(since, row[5]),
		firstServerAt: at(since, row[6]),
		lastServerAt: at(since, row[7]),
		fromServers: row[8],
		lastWithoutServerAt: at(since, row[9]),
	};
}

function fromUse(use: ServerUse, since: number) {
	return [
		use.keyId,
		use.jobId,
		use.placeId,
		use.placeVersion,
		after(since, use.firstSeenAt),
		after(since, use.lastSeenAt),
		use.requests,
		after(since, use.withoutHeartbeatAt),
		after(since, use.goodbyeAt),
		after(since, use.serversDroppedAt),
		after(since, use.placesDroppedAt),
	] as const;
}

function toUse(row: UseRow, since: number): ServerUse {
	return {
		keyId: row[0],
		jobId: row[1],
		placeId: row[2],
		placeVersion: row[3],
		firstSeenAt: at(since, row[4]),
		lastSeenAt: at(since, row[5]),
		requests: row[6],
		withoutHeartbeatAt: at(since, row[7]),
		goodbyeAt: at(since, row[8]),
		serversDroppedAt: at(since, row[9]),
		placesDroppedAt: at(since, row[10]),
	};
}

const after = (since: number, time: number | null) => (time === null ? null : time - since);
const at = (since: number, time: number | null) => (time === null ? null : since + time);
