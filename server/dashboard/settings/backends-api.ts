import type { Backend, CreatedBackend } from "../../../shared/wire.ts";
import { BackendListSchema, CreatedBackendSchema, OneBackendSchema } from "../../backends/backends.schema.ts";
import { perform, request } from "../api/client.ts";

const backendsPath = (workspaceId: string) => `/api/workspaces/${encodeURIComponent(workspaceId)}/backends`;
const backendPath = (workspaceId: string, id: string) => `${backendsPath(workspaceId)}/${encodeURIComponent(id)}`;

export async function listBackends(workspaceId: string): Promise<Backend[]> {
	return (await request("GET", backendsPath(workspaceId), BackendListSchema)).backends;
}

export function createBackend(workspaceId: string, name: string): Promise<CreatedBackend> {
	return request("POST", backendsPath(workspaceId), CreatedBackendSchema, { body: { name } });
}

export async function renameBackend(workspaceId: string, id: string, name: string): Promise<Backend> {
	return (await request("PATCH", backendPath(workspaceId, id), OneBackendSchema, { body: { name } })).backend;
}

export function deleteBackend(workspaceId: string, id: string): Promise<void> {
	return perform("DELETE", backendPath(workspaceId, id));
}
