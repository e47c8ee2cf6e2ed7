import type { Storage, Transaction } from "../storage/storage.ts";

/** How long holders of a deleted workspace's keys are told what became of them. */
const DELETED_KEPT_MS = 30 * 24 * 3_600_000;
/** Small steps, of about 10 ms: games' requests wait for one of them at most. */
const MOST_REVOKED_AT_ONCE = 100;
const MOST_KEYS_AT_ONCE = 100;
const MOST_ENTRIES_AT_ONCE = 500;

interface DeletedWorkspace {
	id: string;
	deleted_at: number;
}

const UNREVOKED = "SELECT digest_prefix FROM api_key WHERE workspace_id = :id AND revoked_at IS NULL";

const UNTIDY = `
SELECT id, deleted_at FROM workspace
WHERE deleted_at IS NOT NULL AND (deleted_at <= :now - ${DELETED_KEPT_MS}
	OR EXISTS (SELECT 1 FROM api_key k WHERE k.workspace_id = workspace.id AND k.revoked_at IS NULL))
ORDER BY deleted_at LIMIT 1`;

/**
 * One step towards no trace of deleted workspaces. Their keys are refused since they were deleted; first the rows come to
 * say so themselves, and after 30 days they go.
 */
export async function sweepDeleted(storage: Storage): Promise<void> {
	const find = storage.db.prepare<{ now: number }, DeletedWorkspace>(UNTIDY);
	const workspace = find.get({ now: storage.now() });
	if (workspace === undefined) return;
	await storage.write((transaction) => {
		if (workspace.deleted_at <= transaction.now - DELETED_KEPT_MS) forget(transaction, workspace.id);
		else revokeSome(transaction, workspace);
	});
}

function revokeSome({ db }: Transaction, { id, deleted_at: at }: DeletedWorkspace): void {
	db.prepare(
		`UPDATE api_key SET revoked_at = :at, revoked_reason = 'workspace_deleted'
		WHERE digest_prefix IN (${UNREVOKED} LIMIT ${MOST_REVOKED_AT_ONCE})`,
	).run({ id, at });
}

function forget({ db }: Transaction, id: string): void {
	const some = (table: string, key: string, most: number) =>
		db
			.prepare(
				`DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} WHERE workspace_id = ? LIMIT ${most})`,
			)
			.run(id).changes;
	if (some("api_key", "digest_prefix", MOST_KEYS_AT_ONCE) > 0) return;
	if (some("activity", "id", MOST_ENTRIES_AT_ONCE) > 0) return;
	db.prepare("DELETE FROM workspace WHERE id = ?").run(id);
}
