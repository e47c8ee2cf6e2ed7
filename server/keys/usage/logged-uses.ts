import { setImmediate as nextTurn } from "node:timers/promises";

import { createServerCounts } from "./server-counts.ts";
import type { ServerUse } from "./server-use.ts";
import { merged, type UsageEntry } from "./usage-entry.ts";

/** Some uses of keys whose ids are neighbours, which are written to the same pages of the database. */
export interface LoggedUses extends Uses {
	slot: number;
	/** When the earliest of them can have been, in milliseconds. */
	since: number;
}

export interface Uses {
	entries: UsageEntry[];
	servers: ServerUse[];
}

/** The same as it is stored. */
export interface LoggedRow {
	slot: number;
	since: number;
	size: number;
	uses: string;
}

/** As `newId` writes numbers. */
const RADIX = 32;
const ID_START = "key_".length;
/** Counting so many takes 10 to 20 ms. */
export const PART_USES = 250;
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
	const slots = Array.from({ length: RADIX ** 2 }, (_, slot): LoggedUses[] => [newPart(slot, since)]);
	const partFor = ({ keyId }: { keyId: string }): LoggedUses => roomIn(slots[slotOf(keyId)] ?? [], since);
	await inTurns(entries, (entry) => partFor(entry).entries.push(entry));
	await inTurns(servers, (use) => partFor(use).servers.push(use));
	return slots.flat().filter((part) => sizeOf(part) > 0);
}

/** Splits uses of one slot. */
export function inParts({ slot, since, entries, servers }: LoggedUses): LoggedUses[] {
	const parts = [newPart(slot, since)];
	for (const entry of entries) roomIn(parts, since).entries.push(entry);
	for (const use of servers) roomIn(parts, since).servers.push(use);
	return parts.filter((part) => sizeOf(part) > 0);
}

export function sizeOf({ entries, servers }: Uses): number {
	return entries.length + servers.length;
}

function newPart(slot: number, since: number): LoggedUses {
	return { slot, since, entries: [], servers: [] };
}

/** The last part of a slot, or another one if it is full. */
function roomIn(parts: LoggedUses[], since: number): LoggedUses {
	let last = parts.at(-1) ?? newPart(0, since);
	if (sizeOf(last) >= PART_USES) parts.push((last = newPart(last.slot, since)));
	return last;
}

async function inTurns<Use>(uses: readonly Use[], sort: (use: Use) => void): Promise<void> {
	for (let start = 0; start < uses.length; start += USES_PER_TURN) {
		uses.slice(start, start + USES_PER_TURN).forEach(sort);
		await nextTurn();
	}
}

/** As arrays, with times since `since`: in half the time and space of objects. */
export function asRow(logged: LoggedUses): LoggedRow {
	const { slot, since, entries, servers } = logged;
	const uses = [entries.map((entry) => fromEntry(entry, since)), servers.map((use) => fromUse(use, since))];
	return { slot, since, size: sizeOf(logged), uses: JSON.stringify(uses) };
}

/** Adds up what rows say. */
export function decodeUses(rows: readonly Pick<LoggedRow, "since" | "uses">[]): Uses {
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
