import type { Key, KeyDetails, KeyUsage } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Storage } from "../storage/storage.ts";
import { findKey } from "./find-keys.ts";
import { LAST_SUCCESSOR, PREDECESSOR, SUCCESSOR } from "./successor.ts";
import { hourOf } from "./usage-entry.ts";

const HOUR_MS = 3_600_000;
const HOURS_KEPT = 30 * 24;

/** A key that was asked for but never put to use has replaced nothing. */
const REPLACEMENT = `SELECT coalesce(${SUCCESSOR("n.id")}, ${LAST_SUCCESSOR("n.id")}) FROM api_key k WHERE k.id = ?`;

const REPLACED = `SELECT coalesce(k.replaces, ${PREDECESSOR("n.id")}) FROM api_key k WHERE k.id = ?`;

/** Hours lead, as in the table's key: so many single look-ups. */
const USAGE = `
WITH RECURSIVE hours (hour) AS (SELECT :since UNION ALL SELECT hour + 1 FROM hours WHERE hour < :until)
SELECT u.hour, u.accepted, u.refused FROM hours CROSS JOIN key_usage u ON u.hour = hours.hour AND u.key_id = :keyId`;

/** All that is known of one key, and of those before and after it; undefined where the workspace has no such key. */
export function keyDetails(storage: Storage, workspaceId: string, keyId: string): KeyDetails | undefined {
	const find = (id: string | null): Key | null => (id === null ? null : (findKey(storage, workspaceId, id) ?? null));
	const related = (sql: string) => find(storage.db.prepare<[string], string | null>(sql).pluck().get(keyId) ?? null);
	const key = find(keyId);
	return key === null ? undefined : { key, replaces: related(REPLACED), replacement: related(REPLACEMENT) };
}

/** Requests by hour and outcome over 30 days. What the last seconds brought may still be in memory. */
export function keyUsage(storage: Storage, keyId: string): KeyUsage {
	const since = hourOf(storage.now()) - HOURS_KEPT + 1;
	const accepted = new Array<number>(HOURS_KEPT).fill(0);
	const refused = new Array<number>(HOURS_KEPT).fill(0);
	const rows = storage.db
		.prepare<object, { hour: number; accepted: number; refused: number }>(USAGE)
		.all({ keyId, since, until: since + HOURS_KEPT - 1 });
	for (const row of rows) {
		accepted[row.hour - since] = row.accepted;
		refused[row.hour - since] = row.refused;
	}
	return { from: isoTime(since * HOUR_MS), accepted, refused };
}
