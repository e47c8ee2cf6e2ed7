import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";

/** How long holders of a deleted workspace's keys are told what became of them. */
const DELETED_KEPT_MS = 30 * 24 * 3_600_000;
const MOST_KEYS_AT_ONCE = 100;
const MOST_ENTRIES_AT_ONCE = 500;

interface DeletedWorkspace {
	id: string;
	deletedAt: number;
}

/**
 * One step towards no trace of deleted workspaces. Their keys are refused since they were deleted; first the rows come to
 * say so themselves, and after 30 days they go. False where there was nothing to do.
 */
export function sweepDeleted({ db, now }: Transaction): boolean {
	const first = (condition: string, ...parameters: number[]) =>
		db
			.prepare<number[], DeletedWorkspace>(
				`SELECT id, deleted_at AS deletedAt FROM workspace WHERE deleted_at ${condition} ORDER BY deleted_at LIMIT 1`,
			)
			.get(...parameters);
	const over = first("<= ?", now - DELETED_KEPT_MS);
	if (over !== undefined) forget(db, over.id);
	const ending = first("IS NOT NULL AND keys_ended = 0");
	if (ending !== undefined) revokeSome(db, ending);
	return over !== undefined || ending !== undefined;
}

function revokeSome(db: SqliteDatabase, workspace: DeletedWorkspace): void {
	const { changes } = db
		.prepare<DeletedWorkspace>(
			`UPDATE api_key SET revoked_at = :deletedAt, revoked_reason = 'workspace_deleted' WHERE digest_prefix IN (
				SELECT digest_prefix FROM api_key WHERE workspace_id = :id AND revoked_at IS NULL LIMIT ${MOST_KEYS_AT_ONCE}
			)`,
		)
		.run(workspace);
	if (changes === MOST_KEYS_AT_ONCE) return;
	db.prepare("UPDATE workspace SET keys_ended = 1 WHERE id = ?").run(workspace.id);
}

function forget(db: SqliteDatabase, id: string): void {
	const some = (table: string, key: string, most: number) =>
		db
			.prepare(
				`DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE workspace_id = ? LIMIT ${most})`,
			)
			.run(id).changes;
	if (some("api_key", "digest_prefix", MOST_KEYS_AT_ONCE) === MOST_KEYS_AT_ONCE) return;
	if (some("activity", "id", MOST_ENTRIES_AT_ONCE) === MOST_ENTRIES_AT_ONCE) return;
	db.prepare("DELETE FROM workspace WHERE id = ?").run(id);
}
