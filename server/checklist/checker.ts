import type { ChecklistItem } from "../../shared/wire.ts";
import type { Storage } from "../storage/storage.ts";
import { createThread } from "../thread.ts";
import { checkWorkspace } from "./check-workspace.ts";
import type { Look } from "./finding.ts";

/** So few are checked at once, in some milliseconds; more are checked in a thread, where no game waits for it. */
const FEW_KEYS = 1_000;

const COUNT = "SELECT active + revoked FROM key_count WHERE workspace_id = ?";

/** Checks workspaces, large ones one after the other. */
export function createChecker(storage: Storage) {
	const thread = createThread<Omit<Look, "db">, ChecklistItem[]>(
		new URL("./checklist-worker.ts", import.meta.url),
		storage.path,
	);
	/** By workspace: what has not begun yet, and is the answer to everybody who asks until then. */
	const waiting = new Map<string, Promise<ChecklistItem[]>>();
	let line: Promise<unknown> = Promise.resolve();

	async function check(workspaceId: string): Promise<ChecklistItem[]> {
		const keys = storage.db.prepare<[string], number>(COUNT).pluck().get(workspaceId) ?? 0;
		if (keys <= FEW_KEYS) return checkWorkspace({ db: storage.db, workspaceId, now: storage.now() });
		return waiting.get(workspaceId) ?? standInLine(workspaceId);
	}

	function standInLine(workspaceId: string): Promise<ChecklistItem[]> {
		const items = line.then(() => {
			waiting.delete(workspaceId);
			return thread.ask({ workspaceId, now: storage.now() });
		});
		waiting.set(workspaceId, items);
		line = items.catch(() => undefined);
		return items;
	}

	return { check, close: () => thread.close() };
}
