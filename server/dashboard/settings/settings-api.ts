import { request } from "../api/client.ts";
import { keyListShape } from "../api/shapes.ts";

export async function countActiveKeys(workspaceId: string): Promise<number> {
	const path = `/api/workspaces/${encodeURIComponent(workspaceId)}/keys`;
	const { counts } = await request("GET", path, keyListShape, { query: { limit: 1, include: "counts" } });
	return counts?.active ?? 0;
}
