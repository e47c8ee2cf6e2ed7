import type { Role, Workspace } from "../../../shared/wire.ts";
import { request } from "../api/client.ts";
import { workspaceListShape } from "../api/shapes.ts";

export async function listWorkspaces(): Promise<Workspace[]> {
	return (await request("GET", "/api/workspaces", workspaceListShape)).workspaces;
}

export async function createWorkspace(name: string): Promise<void> {
	await request("POST", "/api/workspaces", () => undefined, { body: { name } });
}

export function canManageKeys(role: Role): boolean {
	return role !== "member";
}
