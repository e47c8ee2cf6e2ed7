import { type RawBuilder, sql } from "kysely";

import type { Database } from "../../storage/database.ts";
import { claimBatch } from "./usage-batch.store.ts";
import { hourOf, hourOfMinute, merged, spanOfMinute, type UsageEntry } from "./usage-entry.ts";
import { HOURS_SHOWN } from "./usage-windows.ts";

export interface UsageBatch<Entry> {
	entries: readonly Entry[];
	/** By which it is added once, however often it is sent. */
	batch?: string;
}

/** Writes counted requests. Entries of deleted keys are dropped. */
export async function addUsage(db: Database, { entries, batch }: UsageBatch<UsageEntry>): Promise<void> {
	if (!(await claimBatch(db, { id: batch }))) return;
	await updateKeys(db, entries);
	await countByHour(db, entries);
	await countByMinute(db, entries);
}

/** In two statements, since setting a column rewrites its indexes even if the value is unchanged. */
async function updateKeys(db: Database, entries: readonly UsageEntry[]): Promise<void> {
	const dayStart = hourOf(db.now) - HOURS_SHOWN + 1;
	const keys = merged(entries, ({ keyId }) => keyId);
	const counted = new Map<string, number>();
	for (const { keyId, minute, accepted } of entries) {
		if (hourOfMinute(minute) >= dayStart) counted.set(keyId, (counted.get(keyId) ?? 0) + accepted);
	}

	const accepted = keys.filter((each) => each.accepted > 0);
	if (accepted.length > 0) {
		const used = db.fragments.rows(
			accepted.map((each) => ({ ...each, counted: counted.get(each.keyId) ?? 0 })),
			{
				keyId: "text",
				lastUsedAt: "integer",
				firstServerAt: "integer",
				lastServerAt: "integer",
				lastWithoutServerAt: "integer",
				counted: "integer",
			},
		);
		await sql`
			UPDATE api_key SET
				last_used_at = ${latestTime(db, "last_used_at", "lastUsedAt")},
				first_server_at = ${earliestTime("first_server_at", "firstServerAt")},
				last_server_at = ${latestTime(db, "last_server_at", "lastServerAt")},
				last_without_server_at = ${latestTime(db, "last_without_server_at", "lastWithoutServerAt")},
				requests_24h = api_key.requests_24h + used.counted
			FROM ${used} AS used WHERE api_key.id = used."keyId"`.execute(db);
	}
	const refused = keys.filter((each) => each.refused > 0);
	if (refused.length > 0) {
		const used = db.fragments.rows(refused, { keyId: "text", lastRefusedAt: "integer" });
		await sql`
			UPDATE api_key SET last_refused_at = ${latestTime(db, "last_refused_at", "lastRefusedAt")}
			FROM ${used} AS used WHERE api_key.id = used."keyId"`.execute(db);
	}
}

/** The later of a time in `api_key` and one in `used`, either of which may be null. */
export function latestTime(db: Database, column: string, value: string): RawBuilder<unknown> {
	const time = (name: string) => sql`coalesce(${sql.ref(name)}, 0)`;
	return sql`nullif(${db.fragments.greatest(time(`api_key.${column}`), time(`used.${value}`))}, 0)`;
}

/** The earlier of them: uses may be counted after later ones. */
function earliestTime(column: string, value: string): RawBuilder<unknown> {
	const [known, used] = [sql.ref(`api_key.${column}`), sql.ref(`used.${value}`)];
	return sql`CASE WHEN ${known} <= ${used} THEN ${known} ELSE coalesce(${used}, ${known}) END`;
}

async function countByHour(db: Database, entries: readonly UsageEntry[]): Promise<void> {
	const hours = merged(
		entries.map(({ minute, ...entry }) => ({ ...entry, minute: hourOfMinute(minute) })),
		({ keyId, minute }) => `${keyId} ${minute}`,
	);
	const used = db.fragments.rows(
		hours.map(({ minute: hour, ...entry }) => ({ ...entry, hour })),
		{ keyId: "text", hour: "integer", accepted: "integer", refused: "integer" },
	);
	await sql`
		INSERT INTO key_usage (hour, key_id, accepted, refused)
		SELECT used.hour, used."keyId", used.accepted, used.refused
		FROM ${used} AS used JOIN api_key ON api_key.id = used."keyId" WHERE true
		ON CONFLICT (hour, key_id) DO UPDATE SET
			accepted = key_usage.accepted + excluded.accepted, refused = key_usage.refused + excluded.refused`.execute(db);
}

async function countByMinute(db: Database, entries: readonly UsageEntry[]): Promise<void> {
	const minutes = merged(
		entries.filter(({ accepted }) => accepted > 0),
		({ keyId, minute }) => `${keyId} ${minute}`,
	);
	const used = db.fragments.rows(
		minutes.map((entry) => ({ ...entry, span: spanOfMinute(entry.minute) })),
		{ span: "integer", keyId: "text", minute: "integer", accepted: "integer", fromServers: "integer" },
	);
	await sql`
		INSERT INTO key_minute (span, key_id, minute, accepted, from_servers)
		SELECT used.span, used."keyId", used.minute, used.accepted, used."fromServers"
		FROM ${used} AS used JOIN api_key ON api_key.id = used."keyId" WHERE true
		ON CONFLICT (span, key_id, minute) DO UPDATE SET
			accepted = key_minute.accepted + excluded.accepted,
			from_servers = key_minute.from_servers + excluded.from_servers`.execute(db);
}
