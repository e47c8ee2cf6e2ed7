import type { CreatedKey, Key, KeyList, KeySort, KeyState, SortOrder } from "../../../shared/wire.ts";
import { CreatedKeySchema, KeyListSchema, KeySchema, OneKeySchema } from "../../keys/manage/keys.schema.ts";
import type { ApiError } from "../api/api-error.ts";
import { check } from "../api/check.ts";
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

/** `attempt`: unique to one intended key, so that repeating a request that failed never creates a second one. */
export function createKey(
	workspaceId: string,
	body: { label: string; replaces?: string | undefined },
	attempt: string,
): Promise<CreatedKey> {
	return request("POST", keysPath(workspaceId), CreatedKeySchema, { body, idempotencyKey: attempt });
}

/** The key that an earlier request of the same attempt has created. */
export function alreadyCreated({ code, body }: ApiError): Key | undefined {
	return code === "already_created" && body["key"] !== undefined ? check(KeySchema, body["key"]) : undefined;
}

export async function renameKey(workspaceId: string, keyId: string, label: string): Promise<Key> {
	return (await request("PATCH", keyPath(workspaceId, keyId), OneKeySchema, { body: { label } })).key;
}

export function revokeKey(workspaceId: string, keyId: string): Promise<void> {
	return perform("DELETE", keyPath(workspaceId, keyId));
}
