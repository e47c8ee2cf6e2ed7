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

	async function check(workspaceId: string): Promise<ChecklistItem[]> {
		const keys = storage.db.prepare<[string], number>(COUNT).pluck().get(workspaceId) ?? 0;
		if (keys <= FEW_KEYS) return checkWorkspace({ db: storage.db, workspaceId, now: storage.now() });
		return waiting.get(workspaceId) ?? askThread(workspaceId);
	}

	function askThread(workspaceId: string): Promise<ChecklistItem[]> {
		const items = thread.ask(() => {
			waiting.delete(workspaceId);
			return { workspaceId, now: storage.now() };
		});
		waiting.set(workspaceId, items);
		return items;
	}

	return { check, close: () => thread.close() };
}
