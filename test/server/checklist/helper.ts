import type { ChecklistItem } from "../../../shared/wire.ts";
import type { Person, TestServer } from "../helper.ts";

export const DAY_S = 24 * 3600;

/** One item of the checklist as `person` sees it. */
export async function item(person: Person, id: string): Promise<ChecklistItem> {
	const answer = await person.request("GET", `/api/workspaces/${person.workspaceId}/checklist`);
	const found = answer.json<{ items: ChecklistItem[] }>().items.find((each) => each.id === id);
	if (found === undefined) throw new Error(`No ${id} in ${answer.body}`);
	return found;
}

/** Sessions end after a week; the rest of a long time is the keys' past. */
export function makeOlder(server: TestServer, keyId: string, days: number): void {
	server.db
		.prepare("UPDATE api_key SET created_at = created_at - :ms, last_used_at = last_used_at - :ms WHERE id = :keyId")
		.run({ ms: days * DAY_S * 1000, keyId });
}
