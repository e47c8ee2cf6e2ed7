import type { Role } from "../../shared/wire.ts";
import { ProblemError } from "../http/problem.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";

const MOST_WORKSPACES = 100;

/** `manage_people`: people, invitations, and the workspace itself. */
export type WorkspaceRight = "see" | "manage_keys" | "manage_people";

/** The account's role in the workspace now, undefined for strangers. Synchronous, for use inside a transaction. */
export function roleOf(db: SqliteDatabase, accountId: string, workspaceId: string): Role | undefined {
	const roles = db.prepare<[string, string], Role>("SELECT role FROM member WHERE workspace_id = ? AND account_id = ?");
	return roles.pluck().get(workspaceId, accountId);
}

/** Members who are neither owner nor admin see keys, but make, rename and revoke none. */
export function mayManageKeys(role: Role | undefined): boolean {
	return role === "owner" || role === "admin";
}

export function mayManagePeople(role: Role | undefined): boolean {
	return role === "owner";
}

/**
 * The account's role, where it has the right. Ask again inside the transaction that makes use of it.
 * @throws ProblemError 404 for strangers, 403 for members without the right
 */
export function demandRight(db: SqliteDatabase, accountId: string, workspaceId: string, right: WorkspaceRight): Role {
	const role = roleOf(db, accountId, workspaceId);
	if (role === undefined) throw noWorkspace();
	if (right === "manage_keys" && !mayManageKeys(role)) throw forbidden("an owner or admin");
	if (right === "manage_people" && !mayManagePeople(role)) throw forbidden("an owner");
	return role;
}

/**
 * Room for one workspace more: each is work for the moment in which an account ends.
 * @throws ProblemError 409 `too_many_workspaces`
 */
export function demandRoom(db: SqliteDatabase, accountId: string): void {
	const count = db.prepare<[string], number>("SELECT count(*) FROM member WHERE account_id = ?").pluck();
	if ((count.get(accountId) ?? 0) < MOST_WORKSPACES) return;
	throw new ProblemError(
		409,
		"too_many_workspaces",
		`You are in ${MOST_WORKSPACES} workspaces, and nobody can be in more. Leave or delete one first.`,
	);
}

function noWorkspace(): ProblemError {
	return new ProblemError(404, "not_found", "There is no such workspace, or you are no member of it.");
}

function forbidden(whom: string): ProblemError {
	return new ProblemError(403, "forbidden", `Your role in this workspace does not allow that. Ask ${whom}.`);
}
