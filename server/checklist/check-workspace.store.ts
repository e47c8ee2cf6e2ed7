import type { ChecklistItem } from "../../shared/wire.ts";
import type { Database } from "../storage/database.ts";
import { CHECKS } from "./checks.store.ts";
import { questionItems } from "./questions.store.ts";

/** Runs all checks and adds the questions. Takes half a second with 100,000 keys. */
export async function checkWorkspace(db: Database, { workspaceId }: { workspaceId: string }): Promise<ChecklistItem[]> {
	const items: ChecklistItem[] = [];
	for (const { id, find, needsAttention } of CHECKS) {
		const found = await find(db, workspaceId);
		const isGood = found.count === 0 && !(await needsAttention?.(db, workspaceId));
		items.push({ id, state: isGood ? "good" : "attention", ...found, answeredAt: null, answeredBy: null });
	}
	return [...items, ...(await questionItems(db, { workspaceId }))];
}
