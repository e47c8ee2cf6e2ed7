import { randomBytes } from "node:crypto";

import type { Workspace } from "../../shared/wire.ts";
import { type Actor, recordActivity } from "../activity/record.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";
import { demandRight, demandRoom } from "./membership.ts";

const ID_BYTES = 10;

/** The account's workspaces, oldest first. */
export function listWorkspaces(db: SqliteDatabase, accountId: string): Workspace[] {
	const list = db.prepare<[string], Workspace>(`
		SELECT workspace.id, workspace.name, member.role
		FROM member JOIN workspace ON workspace.id = member.workspace_id
		WHERE member.account_id = ? AND workspace.deleted_at IS NULL
		ORDER BY workspace.created_at, workspace.rowid`);
	return list.all(accountId);
}

/** A new workspace, owned by the account. @throws ProblemError as `demandRoom` */
export function createWorkspace(
	transaction: Transaction,
	actor: Actor & { accountId: string },
	name: string,
): Workspace {
	const { db, now } = transaction;
	demandRoom(db, actor.accountId);
	const id = `ws_${randomBytes(ID_BYTES).toString("hex")}`;
	db.prepare("INSERT INTO workspace (id, name, created_at) VALUES (?, ?, ?)").run(id, name, now);
	db.prepare("INSERT INTO member (workspace_id, account_id, role, joined_at) VALUES (?, ?, 'owner', ?)").run(
		id,
		actor.accountId,
		now,
	);
	recordActivity(transaction, actor, { workspaceId: id, kind: "workspace.created", detail: { to: name } });
	return { id, name, role: "owner" };
}

/** @throws ProblemError as `demandRight` */
export function renameWorkspace(
	transaction: Transaction,
	actor: Actor & { accountId: string },
	workspaceId: string,
	name: string,
): Workspace {
	const { db } = transaction;
	const role = demandRight(db, actor.accountId, workspaceId, "manage_people");
	const before = workspaceName(db, workspaceId);
	if (before !== name) {
		db.prepare("UPDATE workspace SET name = ? WHERE id = ?").run(name, workspaceId);
		recordActivity(transaction, actor, { workspaceId, kind: "workspace.renamed", detail: { from: before, to: name } });
	}
	return { id: workspaceId, name, role };
}

export function workspaceName(db: SqliteDatabase, workspaceId: string): string {
	return db.prepare<[string], string>("SELECT name FROM workspace WHERE id = ?").pluck().get(workspaceId) ?? "";
}
