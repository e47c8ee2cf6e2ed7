import type { ChecklistItem } from "../../../shared/wire.ts";
import { ItemListSchema, OneItemSchema } from "../../checklist/checklist.schema.ts";
import { request } from "../api/client.ts";

const checklistPath = (workspaceId: string) => `/api/workspaces/${encodeURIComponent(workspaceId)}/checklist`;

export async function fetchChecklist(workspaceId: string, signal?: AbortSignal): Promise<ChecklistItem[]> {
	return (await request("GET", checklistPath(workspaceId), ItemListSchema, { signal })).items;
}

export async function answerItem(workspaceId: string, item: string, done: boolean): Promise<ChecklistItem> {
	return (await request("PUT", `${checklistPath(workspaceId)}/${item}`, OneItemSchema, { body: { done } })).item;
}
