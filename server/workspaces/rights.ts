import type { Role } from "../../shared/wire.ts";

/** `manage_people` covers people, invitations and the workspace itself. */
export type WorkspaceRight = "see" | "manage_keys" | "manage_people";

/** Members who are neither owner nor admin can see keys, but not create, rename or revoke them. */
export function mayManageKeys(role: Role | undefined): boolean {
	return role === "owner" || role === "admin";
}

export function mayManagePeople(role: Role | undefined): boolean {
	return role === "owner";
}
