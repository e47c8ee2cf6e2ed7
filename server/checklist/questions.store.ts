import type { ChecklistItem } from "../../shared/wire.ts";
import { personRef } from "../activity/person-ref.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";
import { requireRight } from "../workspaces/membership.store.ts";
import { QUESTIONS } from "./questions.ts";

export interface Answer {
	workspaceId: string;
	item: string;
	accountId: string;
	done: boolean;
}

/** All questions, with who answered them and when. */
export async function questionItems(db: Database, { workspaceId }: { workspaceId: string }): Promise<ChecklistItem[]> {
	const answers = await db
		.selectFrom("checklist_answer as a")
		.leftJoin("user as u", "u.id", "a.answered_by")
		.select((eb) => [
			"a.item",
			"a.answered_at as at",
			"a.answered_by as by",
			"u.name",
			eb
				.not(
					eb.exists(
						eb
							.selectFrom("member as m")
							.select(eb.lit(1).as("one"))
							.whereRef("m.workspace_id", "=", "a.workspace_id")
							.whereRef("m.account_id", "=", "a.answered_by"),
					),
				)
				.as("hasLeft"),
		])
		.where("a.workspace_id", "=", workspaceId)
		.execute();
	return QUESTIONS.map((id) => {
		const answer = answers.find(({ item }) => item === id);
		return {
			id,
			state: "asked",
			count: 0,
			keys: [],
			answeredAt: isoTime(answer?.at ?? null),
			answeredBy: answer === undefined ? null : personRef(answer.by, answer.name, answer.hasLeft),
		};
	});
}

/**
 * Marks a question as done, or withdraws the answer. Answering again keeps the first answer.
 * @returns all questions, updated
 * @throws ProblemError as `requireRight`
 */
export async function answerQuestion(db: Database, answer: Answer): Promise<ChecklistItem[]> {
	const { workspaceId, item, accountId, done } = answer;
	await requireRight(db, { accountId, workspaceId, right: "manage_keys" });
	if (done) {
		await db
			.insertInto("checklist_answer")
			.values({ workspace_id: workspaceId, item, answered_at: db.now, answered_by: accountId })
			.onConflict((conflict) => conflict.columns(["workspace_id", "item"]).doNothing())
			.execute();
	} else {
		await db.deleteFrom("checklist_answer").where("workspace_id", "=", workspaceId).where("item", "=", item).execute();
	}
	return questionItems(db, { workspaceId });
}
