import type { CreatedKey, KeyDetails, KeyUsage } from "../../../shared/wire.ts";
import { count, list, orNull, record, time } from "../api/check.ts";
import { request } from "../api/client.ts";
import { createdKeyShape, keyShape } from "../api/shapes.ts";

const detailsShape = record<KeyDetails>({ key: keyShape, replaces: orNull(keyShape), replacement: orNull(keyShape) });
const usageShape = record<KeyUsage>({ from: time, accepted: list(count), refused: list(count) });

const keysPath = (workspaceId: string) => `/api/workspaces/${encodeURIComponent(workspaceId)}/keys`;
const keyPath = (workspaceId: string, keyId: string) => `${keysPath(workspaceId)}/${encodeURIComponent(keyId)}`;

export function fetchKey(workspaceId: string, keyId: string, signal?: AbortSignal): Promise<KeyDetails> {
	return request("GET", keyPath(workspaceId, keyId), detailsShape, { signal });
}

export function fetchUsage(workspaceId: string, keyId: string, signal?: AbortSignal): Promise<KeyUsage> {
	return request("GET", `${keyPath(workspaceId, keyId)}/usage`, usageShape, { signal });
}

export function createReplacement(workspaceId: string, label: string, replaces: string): Promise<CreatedKey> {
	return request("POST", keysPath(workspaceId), createdKeyShape, { body: { label, replaces } });
}
