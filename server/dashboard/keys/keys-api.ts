import type { CreatedKey, Key, KeyList, KeySort, KeyState, SortOrder } from "../../../shared/wire.ts";
import { nothing } from "../api/check.ts";
import { request } from "../api/client.ts";
import { createdKeyShape, keyListShape, oneKeyShape } from "../api/shapes.ts";

export interface KeyQuery {
	state?: KeyState | undefined;
	q?: string | undefined;
	cursor?: string | undefined;
	limit?: number | undefined;
	sort?: KeySort | undefined;
	order?: SortOrder | undefined;
	include?: "counts" | undefined;
}

const keysPath = (workspaceId: string) => `/api/workspaces/${encodeURIComponent(workspaceId)}/keys`;
const keyPath = (workspaceId: string, keyId: string) => `${keysPath(workspaceId)}/${encodeURIComponent(keyId)}`;

export function listKeys(workspaceId: string, query: KeyQuery, signal?: AbortSignal): Promise<KeyList> {
	return request("GET", keysPath(workspaceId), keyListShape, { query: { ...query }, signal });
}

export async function findKey(workspaceId: string, keyId: string): Promise<Key> {
	return (await request("GET", keyPath(workspaceId, keyId), oneKeyShape)).key;
}

export function createKey(workspaceId: string, label: string): Promise<CreatedKey> {
	return request("POST", keysPath(workspaceId), createdKeyShape, { body: { label } });
}

export async function renameKey(workspaceId: string, keyId: string, label: string): Promise<Key> {
	return (await request("PATCH", keyPath(workspaceId, keyId), oneKeyShape, { body: { label } })).key;
}

export async function revokeKey(workspaceId: string, keyId: string): Promise<void> {
	await request("DELETE", keyPath(workspaceId, keyId), nothing);
}
