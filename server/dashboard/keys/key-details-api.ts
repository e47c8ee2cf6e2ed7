import type { KeyDetails } from "../../../shared/wire.ts";
import { KeyDetailsSchema } from "../../keys/manage/key-page.schema.ts";
import { request } from "../api/client.ts";

/** Apart from the other requests: the first page does not need its schema. */
export function fetchKey(workspaceId: string, keyId: string, signal?: AbortSignal): Promise<KeyDetails> {
	const path = `/api/workspaces/${encodeURIComponent(workspaceId)}/keys/${encodeURIComponent(keyId)}`;
	return request("GET", path, KeyDetailsSchema, { signal });
}
