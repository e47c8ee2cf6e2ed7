import type { SqliteDatabase } from "../storage/open-database.ts";
import { HOURS_SHOWN } from "./key-use.ts";
import { addToLastHour } from "./last-hour.ts";
import { hourOf, hourOfMinute, type UsageBatch, type UsageEntry } from "./usage-entry.ts";
import { createTidying } from "./usage-tidying.ts";

const CACHE_KIB = 64 * 1024;

/** Returns once a batch is durable; what is too old is cleared away after it. */
export function createUsageWriter(db: SqliteDatabase): (batch: UsageBatch) => void {
	// Keys and counts lie all over the database: without room, a batch would write the same page again and again.
	db.pragma(`cache_size = -${CACHE_KIB}`);
	const tidying = createTidying(db);
	const touch = db.prepare<UsageEntry & { counted: number }>(`
		UPDATE api_key SET
			last_used_at = max(coalesce(last_used_at, 0), :lastUsedAt),
			first_server_at = coalesce(first_server_at, :firstServerAt),
			last_server_at = coalesce(max(last_server_at, :lastServerAt), last_server_at, :lastServerAt),
			requests_24h = requests_24h + :counted
		WHERE id = :keyId`);
	const refuse = db.prepare<UsageEntry>(`
		UPDATE api_key SET last_refused_at = max(coalesce(last_refused_at, 0), :lastRefusedAt) WHERE id = :keyId`);
	const count = db.prepare<UsageEntry & { hour: number }>(`
		INSERT INTO key_usage (hour, key_id, accepted, refused) VALUES (:hour, :keyId, :accepted, :refused)
		ON CONFLICT (hour, key_id) DO UPDATE SET accepted = accepted + excluded.accepted, refused = refused + excluded.refused`);
	const lastHour = db.prepare<[string], Buffer>("SELECT minutes FROM key_last_hour WHERE key_id = ?").pluck();
	const putLastHour = db.prepare("REPLACE INTO key_last_hour (key_id, minutes) VALUES (?, ?)");

	function writeEntry(entry: UsageEntry, dayBegins: number): void {
		const hour = hourOfMinute(entry.minute);
		let known = 0;
		if (entry.accepted > 0) known += touch.run({ ...entry, counted: hour >= dayBegins ? entry.accepted : 0 }).changes;
		if (entry.refused > 0) known += refuse.run(entry).changes;
		// The key may be gone by now.
		if (known === 0) return;
		count.run({ ...entry, hour });
		if (entry.accepted === 0) return;
		putLastHour.run(entry.keyId, addToLastHour(lastHour.get(entry.keyId), entry.minute, entry.accepted));
	}

	const write = db.transaction(({ entries, now }: UsageBatch) => {
		const dayBegins = hourOf(now) - HOURS_SHOWN + 1;
		for (const entry of entries) writeEntry(entry, dayBegins);
	});

	return (batch) => {
		setImmediate(() => void tidying.at(batch.now));
		write.immediate(batch);
	};
}
