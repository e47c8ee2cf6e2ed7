import { identityOf, KEY_REASONS, KINDS, type Withdrawal } from "../../withdrawals/withdrawal.ts";
import type { Session } from "../session.ts";
import { allWithdrawals } from "./withdrawals.ts";

/** Changes a restored database as `withdrawal` did. Returns what it ended, as a line for the operator. */
type Apply = (session: Session, withdrawal: Withdrawal, restoredTo: number) => Promise<string | undefined>;

/**
 * Applies the withdrawals that a restored database does not know, in its transaction. It also keeps those that change
 * nothing in it: a restore to another point may need them. `restoredTo`: the latest time stored in it.
 * @returns what was ended, one line each
 */
export async function applyWithdrawals(
	session: Session,
	known: readonly Withdrawal[],
	restoredTo: number,
): Promise<string[]> {
	const before = await identities(session);
	const later = known.filter((each) => !before.has(identityOf(each)));
	const lines: string[] = [];
	for (const kind of KINDS) {
		for (const withdrawal of later.filter(({ what }) => what === kind)) {
			const line = await APPLY[kind](session, withdrawal, restoredTo);
			if (line !== undefined) lines.push(line);
			await session.run("UPDATE withdrawal SET at = $1 WHERE at IS NULL", [withdrawal.at]);
		}
	}
	const after = await identities(session);
	for (const each of later.filter((withdrawal) => !after.has(identityOf(withdrawal)))) {
		await session.run("INSERT INTO withdrawal (what, id, workspace_id, detail, at) VALUES ($1, $2, $3, $4, $5)", [
			each.what,
			each.id,
			each.workspaceId,
			each.detail,
			each.at,
		]);
	}
	return lines;
}

async function identities(session: Session): Promise<Set<string>> {
	return new Set((await allWithdrawals(session)).map(identityOf));
}

const APPLY: Record<Withdrawal["what"], Apply> = {
	async key(session, { id, at, detail }) {
		const reason = KEY_REASONS.includes(detail) ? detail : "deleted";
		const { rows } = await session.run<{ line: string }>(
			`UPDATE api_key AS k SET revoked_at = $2, revoked_reason = $3 FROM workspace AS w
			WHERE k.id = $1 AND k.revoked_at IS NULL AND w.id = k.workspace_id
			RETURNING 'revoked: key ' || k.label || ' …' || k.hint || ' in ' || w.name AS line`,
			[id, at, reason],
		);
		if (rows.length === 0) return undefined;
		await session.run(
			`INSERT INTO activity (workspace_id, at, kind, key_id, detail)
			SELECT workspace_id, revoked_at, 'key.revoked', id, json_build_object('reason', revoked_reason)::text
			FROM api_key WHERE id = $1`,
			[id],
		);
		return rows[0]?.line;
	},
	async maker(session, { id, workspaceId, at }) {
		const { rows } = await session.run<{ count: number }>(
			`SELECT count(*) AS count FROM api_key
			WHERE workspace_id = $1 AND created_by = $2 AND created_at <= $3 AND revoked_at IS NULL`,
			[workspaceId, id, at],
		);
		const count = rows[0]?.count ?? 0;
		if (count === 0) return undefined;
		// The server marks the keys themselves, in steps.
		await session.run(
			`INSERT INTO revoked_maker (workspace_id, maker_id, at) VALUES ($1, $2, $3)
			ON CONFLICT (workspace_id, maker_id) DO UPDATE SET at = greatest(revoked_maker.at, excluded.at)`,
			[workspaceId, id, at],
		);
		return `revoked: ${count} keys of ${await nameOf(session, id)} in ${await workspaceName(session, workspaceId)}`;
	},
	async backend(session, { id }) {
		const { rows } = await session.run<{ line: string }>(
			`DELETE FROM backend AS b USING workspace AS w WHERE b.id = $1 AND w.id = b.workspace_id
			RETURNING 'deleted: backend ' || b.name || ' in ' || w.name AS line`,
			[id],
		);
		return rows[0]?.line;
	},
	async role(session, { id, workspaceId, detail, at }, restoredTo) {
		// A database from after that already has the role. One of the same millisecond may be from before.
		if (at < restoredTo || (detail !== "admin" && detail !== "member")) return undefined;
		const higher = detail === "admin" ? ["owner"] : ["owner", "admin"];
		const { rowCount } = await session.run(
			"UPDATE member SET role = $1 WHERE account_id = $2 AND workspace_id = $3 AND role = ANY($4)",
			[detail, id, workspaceId, higher],
		);
		if (rowCount === 0) return undefined;
		return `lowered: ${await nameOf(session, id)} to ${detail} of ${await workspaceName(session, workspaceId)}`;
	},
	async member(session, { id, workspaceId, at }) {
		// Someone who has joined again since is there with a later time.
		const { rowCount } = await session.run(
			"DELETE FROM member WHERE account_id = $1 AND workspace_id = $2 AND joined_at <= $3",
			[id, workspaceId, at],
		);
		if (rowCount === 0) return undefined;
		return `removed: ${await nameOf(session, id)} from ${await workspaceName(session, workspaceId)}`;
	},
	async workspace(session, { id, at }) {
		const { rowCount } = await session.run(
			"UPDATE workspace SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL",
			[id, at],
		);
		await session.run("DELETE FROM backend WHERE workspace_id = $1", [id]);
		await session.run("DELETE FROM member WHERE workspace_id = $1", [id]);
		return rowCount === 0 ? undefined : `deleted: workspace ${await workspaceName(session, id)}, with its keys`;
	},
	async account(session, { id }) {
		const name = await nameOf(session, id);
		const { rowCount } = await session.run(`DELETE FROM "user" WHERE id = $1`, [id]);
		return rowCount === 0 ? undefined : `deleted: account ${name}`;
	},
};

async function nameOf(session: Session, accountId: string): Promise<string> {
	const { rows } = await session.run<{ name: string }>(
		`SELECT name || ' <' || email || '>' AS name FROM "user" WHERE id = $1`,
		[accountId],
	);
	return rows[0]?.name ?? accountId;
}

async function workspaceName(session: Session, id: string | null): Promise<string> {
	const { rows } = await session.run<{ name: string }>("SELECT name FROM workspace WHERE id = $1", [id]);
	return rows[0]?.name ?? String(id);
}
