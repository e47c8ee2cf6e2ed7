import type { ChecklistItem } from "../../../shared/wire.ts";
import { count, list, oneOf, orNull, record, text, time } from "../api/check.ts";
import { request } from "../api/client.ts";
import { keyRefShape, personRefShape } from "../api/shapes.ts";

const itemShape = record<ChecklistItem>({
	id: text,
	state: oneOf("good", "attention", "asked"),
	count,
	keys: list(keyRefShape),
	answeredAt: orNull(time),
	answeredBy: orNull(personRefShape),
});
const itemsShape = record<{ items: ChecklistItem[] }>({ items: list(itemShape) });
const answeredShape = record<{ item: ChecklistItem }>({ item: itemShape });

const checklistPath = (workspaceId: string) => `/api/workspaces/${encodeURIComponent(workspaceId)}/checklist`;

export async function fetchChecklist(workspaceId: string, signal?: AbortSignal): Promise<ChecklistItem[]> {
	return (await request("GET", checklistPath(workspaceId), itemsShape, { signal })).items;
}

export async function answerItem(workspaceId: string, item: string, done: boolean): Promise<ChecklistItem> {
	return (await request("PUT", `${checklistPath(workspaceId)}/${item}`, answeredShape, { body: { done } })).item;
}
