import type { KeyDetails, KeyUsage } from "../../../shared/wire.ts";
import { KeyDetailsSchema, KeyUsageSchema } from "../../keys/manage/key-page.schema.ts";
import { request } from "../api/client.ts";

const keysPath = (workspaceId: string) => `/api/workspaces/${encodeURIComponent(workspaceId)}/keys`;
const keyPath = (workspaceId: string, keyId: string) => `${keysPath(workspaceId)}/${encodeURIComponent(keyId)}`;

export function fetchKey(workspaceId: string, keyId: string, signal?: AbortSignal): Promise<KeyDetails> {
	return request("GET", keyPath(workspaceId, keyId), KeyDetailsSchema, { signal });
}

export function fetchUsage(workspaceId: string, keyId: string, signal?: AbortSignal): Promise<KeyUsage> {
	return request("GET", `${keyPath(workspaceId, keyId)}/usage`, KeyUsageSchema, { signal });
}
