import type { Role } from "../../shared/wire.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";

/** The account's role in the workspace now, undefined for strangers. Synchronous, for use inside a transaction. */
export function roleOf(db: SqliteDatabase, accountId: string, workspaceId: string): Role | undefined {
	const roles = db.prepare<[string, string], Role>("SELECT role FROM member WHERE workspace_id = ? AND account_id = ?");
	return roles.pluck().get(workspaceId, accountId);
}

/** Members who are neither owner nor admin see keys, but make, rename and revoke none. */
export function mayManageKeys(role: Role | undefined): boolean {
	return role === "owner" || role === "admin";
}
