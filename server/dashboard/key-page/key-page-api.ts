import type { GameServerList, Key, KeyUsage } from "../../../shared/wire.ts";
import { GameServerListSchema, KeyUsageSchema } from "../../keys/manage/key-page.schema.ts";
import { OneKeySchema } from "../../keys/manage/keys.schema.ts";
import { request } from "../api/client.ts";

const keysPath = (workspaceId: string) => `/api/workspaces/${encodeURIComponent(workspaceId)}/keys`;
const keyPath = (workspaceId: string, keyId: string) => `${keysPath(workspaceId)}/${encodeURIComponent(keyId)}`;

export function fetchUsage(workspaceId: string, keyId: string, signal?: AbortSignal): Promise<KeyUsage> {
	return request("GET", `${keyPath(workspaceId, keyId)}/usage`, KeyUsageSchema, { signal });
}

export function fetchServers(workspaceId: string, keyId: string, signal?: AbortSignal): Promise<GameServerList> {
	return request("GET", `${keyPath(workspaceId, keyId)}/servers`, GameServerListSchema, { signal });
}

/** Has the key revoked once no server needs it. Repeated while that asks, it begins anew. */
export async function retireKey(workspaceId: string, keyId: string, replacedBy: string): Promise<Key> {
	const path = `${keyPath(workspaceId, keyId)}/retire`;
	return (await request("POST", path, OneKeySchema, { body: { replacedBy } })).key;
}

/** Takes a retirement back. */
export async function keepKey(workspaceId: string, keyId: string): Promise<Key> {
	return (await request("DELETE", `${keyPath(workspaceId, keyId)}/retire`, OneKeySchema)).key;
}
