import type { KeyList, KeyState } from "../../shared/wire.ts";
import { invalidField } from "../http/problem.ts";
import type { Storage } from "../storage/storage.ts";
import { HOURS_SHOWN, type KeyRow, SELECT_KEY, toKey } from "./key-row.ts";
import { hourOf, minuteOf } from "./usage-entry.ts";

export interface KeyQuery {
	limit?: number;
	cursor?: string;
	/** Part of a label, hint or place name, in any case. */
	q?: string;
	state?: KeyState;
}

const PAGE_SIZE = 50;

/** What the API Keys page shows first: the newest active keys, and how many there are of either state. */
export function firstKeys(storage: Storage, workspaceId: string): KeyList {
	return { ...listKeys(storage, workspaceId, { state: "active" }), counts: countKeys(storage, workspaceId) };
}

function countKeys({ db }: Storage, workspaceId: string): { active: number; revoked: number } {
	const row = db
		.prepare<[string], { total: number; active: number }>(
			"SELECT count(*) AS total, count(*) FILTER (WHERE revoked_at IS NULL) AS active FROM api_key WHERE workspace_id = ?",
		)
		.get(workspaceId);
	const { total, active } = row ?? { total: 0, active: 0 };
	return { active, revoked: total - active };
}

/** A workspace's keys, newest first. */
export function listKeys(storage: Storage, workspaceId: string, query: KeyQuery): KeyList {
	const size = query.limit ?? PAGE_SIZE;
	const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
	const conditions = ["k.workspace_id = :workspaceId"];
	if (after) conditions.push("(k.created_at, k.id) < (:createdAt, :id)");
	if (query.state) conditions.push(`k.revoked_at IS ${query.state === "active" ? "" : "NOT "}NULL`);
	if (query.q)
		conditions.push(
			"(k.label LIKE :like ESCAPE '!' OR k.hint LIKE :like ESCAPE '!' OR k.place_name LIKE :like ESCAPE '!')",
		);
	const rows = storage.db
		.prepare<object, KeyRow>(
			`${SELECT_KEY} WHERE ${conditions.join(" AND ")} ORDER BY k.created_at DESC, k.id DESC LIMIT :most`,
		)
		.all({
			workspaceId,
			...window(storage),
			most: size + 1,
			...after,
			...(query.q && { like: `%${query.q.replaceAll(/[!%_]/g, "!$&")}%` }),
		});
	const page = rows.slice(0, size);
	const last = page.at(-1);
	return { keys: page.map(toKey), nextCursor: rows.length > page.length && last ? writeCursor(last) : null };
}

/** One key of a workspace, or undefined. */
export function findKey(storage: Storage, workspaceId: string, keyId: string): KeyRow | undefined {
	return storage.db
		.prepare<object, KeyRow>(`${SELECT_KEY} WHERE k.workspace_id = :workspaceId AND k.id = :keyId`)
		.get({ workspaceId, keyId, ...window(storage) });
}

/** The last 24 hours, of which this one is not over, and the last 60 minutes. */
function window(storage: Storage): { since: number; sinceMinute: number } {
	const now = storage.now();
	return { since: hourOf(now) - HOURS_SHOWN + 1, sinceMinute: minuteOf(now) - 59 };
}

function writeCursor(row: KeyRow): string {
	return Buffer.from(`${row.created_at} ${row.id}`).toString("base64url");
}

function readCursor(cursor: string): { createdAt: number; id: string } {
	const match = /^(\d{1,15}) (key_[0-9a-z]+)$/.exec(Buffer.from(cursor, "base64url").toString());
	if (!match) throw invalidField("cursor", "take it from nextCursor as it is, or leave it out");
	return { createdAt: Number(match[1]), id: String(match[2]) };
}
