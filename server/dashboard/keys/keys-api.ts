import type { CreatedKey, Key, KeyList, KeySort, KeyState, SortOrder } from "../../../shared/wire.ts";
import { CreatedKeySchema, KeyListSchema, OneKeySchema } from "../../keys/manage/keys.schema.ts";
import { perform, request } from "../api/client.ts";

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
	return request("GET", keysPath(workspaceId), KeyListSchema, { query: { ...query }, signal });
}

export async function findKey(workspaceId: string, keyId: string): Promise<Key> {
	return (await request("GET", keyPath(workspaceId, keyId), OneKeySchema)).key;
}

export function createKey(workspaceId: string, label: string): Promise<CreatedKey> {
	return request("POST", keysPath(workspaceId), CreatedKeySchema, { body: { label } });
}

export async function renameKey(workspaceId: string, keyId: string, label: string): Promise<Key> {
	return (await request("PATCH", keyPath(workspaceId, keyId), OneKeySchema, { body: { label } })).key;
}

export function revokeKey(workspaceId: string, keyId: string): Promise<void> {
	return perform("DELETE", keyPath(workspaceId, keyId));
}
