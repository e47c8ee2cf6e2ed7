import type { Role } from "../../shared/wire.ts";

/** `manage_people`: people, invitations, and the workspace itself. */
export type WorkspaceRight = "see" | "manage_keys" | "manage_people";

/** Members who are neither owner nor admin see keys, but make, rename and revoke none. */
export function mayManageKeys(role: Role | undefined): boolean {
	return role === "owner" || role === "admin";
}

export function mayManagePeople(role: Role | undefined): boolean {
	return role === "owner";
}
