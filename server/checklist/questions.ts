import type { ChecklistItem, PersonRef } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Transaction } from "../storage/storage.ts";

/** What no server can know, and people are asked. */
export const QUESTIONS: readonly string[] = ["only-server-scripts", "trusted-editors", "no-uncopylocked", "leak-plan"];

interface AnswerRow {
	item: string;
	answered_at: number;
	answered_by: string | null;
	name: string | null;
	has_left: number;
}

/** Every question, with who says it is seen to and since when. */
export function askedItems(db: SqliteDatabase, workspaceId: string): ChecklistItem[] {
	const rows = db
		.prepare<[string], AnswerRow>(
			`SELECT a.item, a.answered_at, a.answered_by, u.name, NOT EXISTS (
				SELECT 1 FROM member m WHERE m.workspace_id = a.workspace_id AND m.account_id = a.answered_by
			) AS has_left
			FROM checklist_answer a LEFT JOIN "user" u ON u.id = a.answered_by WHERE a.workspace_id = ?`,
		)
		.all(workspaceId);
	return QUESTIONS.map((id) => {
		const row = rows.find(({ item }) => item === id);
		return {
			id,
			state: "asked",
			count: 0,
			keys: [],
			answeredAt: isoTime(row?.answered_at ?? null),
			answeredBy: row ? personOf(row) : null,
		};
	});
}

function personOf({ answered_by: id, name, has_left: left }: AnswerRow): PersonRef | null {
	if (id === null || name === null) return null;
	return left === 1 ? { id, name, left: true } : { id, name };
}

/** Says that a question is seen to, or takes that back. The first answer stays until it is taken back. */
export function answer(
	{ db, now }: Transaction,
	{ workspaceId, item, accountId, done }: { workspaceId: string; item: string; accountId: string; done: boolean },
): void {
	if (done) {
		db.prepare(
			`INSERT INTO checklist_answer (workspace_id, item, answered_at, answered_by) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`,
		).run(workspaceId, item, now, accountId);
	} else {
		db.prepare("DELETE FROM checklist_answer WHERE workspace_id = ? AND item = ?").run(workspaceId, item);
	}
}
