import type { ActivityList } from "../../../shared/wire.ts";
import { ActivityListSchema } from "../../activity/activity.schema.ts";
import { request } from "../api/client.ts";

export interface ActivityQuery {
	key?: string | undefined;
	person?: string | undefined;
	cursor?: string | undefined;
	limit?: number | undefined;
}

export function listActivity(workspaceId: string, query: ActivityQuery, signal?: AbortSignal): Promise<ActivityList> {
	const path = `/api/workspaces/${encodeURIComponent(workspaceId)}/activity`;
	return request("GET", path, ActivityListSchema, { query: { ...query }, signal });
}
