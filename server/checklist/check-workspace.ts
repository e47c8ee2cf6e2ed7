import type { ChecklistItem } from "../../shared/wire.ts";
import { CHECKS } from "./checks.ts";
import type { Look } from "./finding.ts";

/** What every check finds. With 100,000 keys it takes half a second. */
export function checkWorkspace(look: Look): ChecklistItem[] {
	return CHECKS.map(({ id, find, isWorrying }) => {
		const found = find(look);
		const good = found.count === 0 && !isWorrying?.(look);
		return { id, state: good ? "good" : "attention", ...found, answeredAt: null, answeredBy: null };
	});
}
