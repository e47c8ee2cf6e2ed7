import { KeyListSchema } from "../../keys/manage/keys.schema.ts";
import { request } from "../api/client.ts";

export async function countActiveKeys(workspaceId: string): Promise<number> {
	const path = `/api/workspaces/${encodeURIComponent(workspaceId)}/keys`;
	const { counts } = await request("GET", path, KeyListSchema, { query: { limit: 1, include: "counts" } });
	return counts?.active ?? 0;
}
