import type { Role, Workspace } from "../../../shared/wire.ts";
import { OneWorkspaceSchema, WorkspaceListSchema } from "../../workspaces/workspaces.schema.ts";
import { perform, request } from "../api/client.ts";

export async function listWorkspaces(): Promise<Workspace[]> {
	return (await request("GET", "/api/workspaces", WorkspaceListSchema)).workspaces;
}

const workspacePath = (id: string) => `/api/workspaces/${encodeURIComponent(id)}`;

export async function createWorkspace(name: string): Promise<Workspace> {
	return (await request("POST", "/api/workspaces", OneWorkspaceSchema, { body: { name } })).workspace;
}

export async function renameWorkspace(id: string, name: string): Promise<Workspace> {
	return (await request("PATCH", workspacePath(id), OneWorkspaceSchema, { body: { name } })).workspace;
}

/** `name`: the workspace's name, typed to confirm. */
export function deleteWorkspace(id: string, name: string): Promise<void> {
	return perform("DELETE", workspacePath(id), { body: { name } });
}

export function canManageKeys(role: Role): boolean {
	return role !== "member";
}

/** Owners manage people and the workspace itself. */
export function canManagePeople(role: Role): boolean {
	return role === "owner";
}
