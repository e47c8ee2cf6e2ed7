import { identityOf, KEY_REASONS, KINDS, type Withdrawal } from "../../withdrawals/withdrawal.ts";
import type { SqliteDatabase } from "../open-database.ts";
import { withdrawalsAfter } from "../withdrawals/withdrawal.ts";

/** Changes a restored database as `withdrawal` did. Returns what it ended, as a line for the operator. */
type Apply = (db: SqliteDatabase, withdrawal: Withdrawal, backedUpAt: number) => string | undefined;

/**
 * Applies the withdrawals that a restored database does not know, in its transaction. It also keeps those that change
 * nothing in it: a restore of another backup may need them.
 * @returns what was ended, one line each
 */
export function applyWithdrawals(db: SqliteDatabase, known: readonly Withdrawal[], backedUpAt: number): string[] {
	const before = identities(db);
	const later = known.filter((each) => !before.has(identityOf(each)));
	const lines: string[] = [];
	const setTimes = db.prepare("UPDATE withdrawal SET at = ? WHERE at IS NULL");
	for (const kind of KINDS) {
		for (const withdrawal of later.filter(({ what }) => what === kind)) {
			const line = APPLY[kind](db, withdrawal, backedUpAt);
			if (line !== undefined) lines.push(line);
			setTimes.run(withdrawal.at);
		}
	}
	const after = identities(db);
	const keep = db.prepare("INSERT INTO withdrawal (what, id, workspace_id, detail, at) VALUES (?, ?, ?, ?, ?)");
	for (const each of later) {
		if (!after.has(identityOf(each))) keep.run(each.what, each.id, each.workspaceId, each.detail, each.at);
	}
	return lines;
}

function identities(db: SqliteDatabase): Set<string> {
	return new Set(withdrawalsAfter(db, 0).map(identityOf));
}

const APPLY: Record<Withdrawal["what"], Apply> = {
	key(db, { id, at, detail }) {
		const { changes } = db
			.prepare("UPDATE api_key SET revoked_at = ?, revoked_reason = ? WHERE id = ? AND revoked_at IS NULL")
			.run(at, KEY_REASONS.includes(detail) ? detail : "deleted", id);
		if (changes === 0) return undefined;
		db.prepare(
			`INSERT INTO activity (workspace_id, at, kind, key_id, detail)
			SELECT workspace_id, revoked_at, 'key.revoked', id, json_object('reason', revoked_reason) FROM api_key WHERE id = ?`,
		).run(id);
		return line(
			db,
			`SELECT 'revoked: key ' || k.label || ' …' || k.hint || ' in ' || w.name
			FROM api_key AS k JOIN workspace AS w ON w.id = k.workspace_id WHERE k.id = ?`,
			id,
		);
	},
	maker(db, { id, workspaceId, at }) {
		const count = db
			.prepare<unknown[], number>(
				`SELECT count(*) FROM api_key
				WHERE workspace_id = ? AND created_by = ? AND created_at <= ? AND revoked_at IS NULL`,
			)
			.pluck()
			.get(workspaceId, id, at);
		if (count === undefined || count === 0) return undefined;
		// The server marks the keys themselves, in steps.
		db.prepare(
			`INSERT INTO revoked_maker (workspace_id, maker_id, at) VALUES (?, ?, ?)
			ON CONFLICT (workspace_id, maker_id) DO UPDATE SET at = max(at, excluded.at)`,
		).run(workspaceId, id, at);
		return `revoked: ${count} keys of ${nameOf(db, id)} in ${workspaceName(db, workspaceId)}`;
	},
	backend(db, { id }) {
		const text = line(
			db,
			`SELECT 'deleted: backend ' || b.name || ' in ' || w.name
			FROM backend AS b JOIN workspace AS w ON w.id = b.workspace_id WHERE b.id = ?`,
			id,
		);
		db.prepare("DELETE FROM backend WHERE id = ?").run(id);
		return text;
	},
	role(db, { id, workspaceId, detail, at }, backedUpAt) {
		// A backup from after that already has the role. One of the same millisecond may be from before.
		if (at < backedUpAt || (detail !== "admin" && detail !== "member")) return undefined;
		const higher = detail === "admin" ? "('owner')" : "('owner', 'admin')";
		const { changes } = db
			.prepare(`UPDATE member SET role = ? WHERE account_id = ? AND workspace_id = ? AND role IN ${higher}`)
			.run(detail, id, workspaceId);
		if (changes === 0) return undefined;
		return `lowered: ${nameOf(db, id)} to ${detail} of ${workspaceName(db, workspaceId)}`;
	},
	member(db, { id, workspaceId, at }) {
		// Someone who has joined again since is in the backup with a later time.
		const { changes } = db
			.prepare("DELETE FROM member WHERE account_id = ? AND workspace_id = ? AND joined_at <= ?")
			.run(id, workspaceId, at);
		return changes === 0 ? undefined : `removed: ${nameOf(db, id)} from ${workspaceName(db, workspaceId)}`;
	},
	workspace(db, { id, at }) {
		const { changes } = db
			.prepare("UPDATE workspace SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL")
			.run(at, id);
		db.prepare("DELETE FROM backend WHERE workspace_id = ?").run(id);
		db.prepare("DELETE FROM member WHERE workspace_id = ?").run(id);
		return changes === 0 ? undefined : `deleted: workspace ${workspaceName(db, id)}, with its keys`;
	},
	account(db, { id }) {
		const name = nameOf(db, id);
		const { changes } = db.prepare(`DELETE FROM "user" WHERE id = ?`).run(id);
		return changes === 0 ? undefined : `deleted: account ${name}`;
	},
};

function line(db: SqliteDatabase, sql: string, id: string): string | undefined {
	return db.prepare<[string], string>(sql).pluck().get(id);
}

function nameOf(db: SqliteDatabase, accountId: string): string {
	return line(db, `SELECT name || ' <' || email || '>' FROM "user" WHERE id = ?`, accountId) ?? accountId;
}

function workspaceName(db: SqliteDatabase, id: string | null): string {
	return line(db, "SELECT name FROM workspace WHERE id = ?", id ?? "") ?? String(id);
}
