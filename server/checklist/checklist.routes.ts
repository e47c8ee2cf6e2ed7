import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import type { ChecklistItem } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { Storage } from "../storage/storage.ts";
import { WorkspaceParams } from "../workspaces/workspaces.schema.ts";
import { checkWorkspace } from "./check-workspace.store.ts";
import { ItemSchema } from "./checklist.schema.ts";
import { createCoalescer } from "./coalesce.ts";
import { answerQuestion } from "./questions.store.ts";
import { QUESTIONS } from "./questions.ts";

/** A workspace's security checklist: checked where the backend can know, asked where it cannot. */
export const checklistRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	const path = "/api/workspaces/:workspaceId/checklist";
	/** By workspace: checking a large one takes a while, and everyone in it sees the same. */
	const coalesce = createCoalescer<ChecklistItem[]>();

	app.get(
		path,
		{
			schema: {
				summary: "The security checklist of a workspace",
				tags: ["workspaces"],
				params: WorkspaceParams,
				response: { 200: Type.Object({ items: Type.Array(ItemSchema) }) },
			},
		},
		async (request) => {
			const { workspaceId } = request.params;
			// In the workspace's turn and without a signal: other requests may share the answer.
			const check = () => storage.scan(checkWorkspace, { workspaceId }, { account: workspaceId });
			return { items: await app.workspaces.see(request, workspaceId, () => coalesce(workspaceId, check)) };
		},
	);

	app.put(
		`${path}/:item`,
		{
			schema: {
				summary: "Answer a question of the security checklist, or take the answer back",
				tags: ["workspaces"],
				params: Type.Object({ workspaceId: Type.String(), item: Type.String() }),
				body: Type.Object({ done: Type.Boolean() }, { additionalProperties: false }),
				response: { 200: Type.Object({ item: ItemSchema }) },
			},
		},
		async (request) => {
			const { workspaceId, item } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			if (!QUESTIONS.includes(item)) throw noQuestion();
			const answer = { workspaceId, item, accountId: account.id, done: request.body.done };
			const answered = (await storage.write(answerQuestion, answer)).find(({ id }) => id === item);
			if (answered === undefined) throw noQuestion();
			return { item: answered };
		},
	);
};

function noQuestion(): ProblemError {
	return new ProblemError(404, "not_found", "Checklist question not found. Reload the page.");
}
