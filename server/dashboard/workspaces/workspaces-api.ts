import type { Role, Workspace } from "../../../shared/wire.ts";
import { nothing, record } from "../api/check.ts";
import { request } from "../api/client.ts";
import { workspaceListShape, workspaceShape } from "../api/shapes.ts";

export async function listWorkspaces(): Promise<Workspace[]> {
	return (await request("GET", "/api/workspaces", workspaceListShape)).workspaces;
}

const workspaceAnswer = record<{ workspace: Workspace }>({ workspace: workspaceShape });
const workspacePath = (id: string) => `/api/workspaces/${encodeURIComponent(id)}`;

export async function createWorkspace(name: string): Promise<Workspace> {
	return (await request("POST", "/api/workspaces", workspaceAnswer, { body: { name } })).workspace;
}

export async function renameWorkspace(id: string, name: string): Promise<Workspace> {
	return (await request("PATCH", workspacePath(id), workspaceAnswer, { body: { name } })).workspace;
}

/** `name`: the workspace's name, typed to confirm. */
export async function deleteWorkspace(id: string, name: string): Promise<void> {
	await request("DELETE", workspacePath(id), nothing, { body: { name } });
}

export function canManageKeys(role: Role): boolean {
	return role !== "member";
}

/** Owners manage people and the workspace itself. */
export function canManagePeople(role: Role): boolean {
	return role === "owner";
}
