import type { ChecklistItem } from "../../../shared/wire.ts";
import type { Person, TestServer } from "../helper.ts";

export const DAY_S = 24 * 3600;

/** A checklist item as seen by `person`. */
export async function item(person: Person, id: string): Promise<ChecklistItem> {
	const response = await person.request("GET", `/api/workspaces/${person.workspaceId}/checklist`);
	const found = response.json<{ items: ChecklistItem[] }>().items.find((each) => each.id === id);
	if (found === undefined) throw new Error(`No ${id} in ${response.body}`);
	return found;
}

/** Backdates a key: advancing the clock this far would end the sessions. */
export function makeOlder(server: TestServer, keyId: string, days: number): void {
	server.db
		.prepare("UPDATE api_key SET created_at = created_at - :ms, last_used_at = last_used_at - :ms WHERE id = :keyId")
		.run({ ms: days * DAY_S * 1000, keyId });
}
