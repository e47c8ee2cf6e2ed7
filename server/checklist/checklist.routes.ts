import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import type { ChecklistItem } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { Storage } from "../storage/storage.ts";
import { WorkspaceParams } from "../workspaces/workspaces.schema.ts";
import { checkWorkspace } from "./check-workspace.store.ts";
import { ItemListSchema, OneItemSchema } from "./checklist.schema.ts";
import { createCoalescer } from "./coalesce.ts";
import { answerQuestion } from "./questions.store.ts";
import { QUESTIONS } from "./questions.ts";

/** A workspace's security checklist: automatic checks, and questions about what the server cannot check. */
export const checklistRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	const path = "/api/workspaces/:workspaceId/checklist";
	/** By workspace: checking a large one takes a while, and all its members get the same result. */
	const coalesce = createCoalescer<ChecklistItem[]>();

	app.get(
		path,
		{
			schema: {
				summary: "Get a workspace's security checklist",
				tags: ["workspaces"],
				params: WorkspaceParams,
				response: { 200: ItemListSchema },
			},
		},
		async (request) => {
			const { workspaceId } = request.params;
			// Queued per workspace and without a signal, since other requests may share the result.
			const check = () => storage.scan(checkWorkspace, { workspaceId }, { account: workspaceId });
			return { items: await app.workspaces.see(request, workspaceId, () => coalesce(workspaceId, check)) };
		},
	);

	app.put(
		`${path}/:item`,
		{
			schema: {
				summary: "Answer a checklist question, or withdraw the answer",
				tags: ["workspaces"],
				params: Type.Object({ workspaceId: Type.String(), item: Type.String() }),
				body: Type.Object({ done: Type.Boolean() }, { additionalProperties: false }),
				response: { 200: OneItemSchema },
			},
		},
		async (request) => {
			const { workspaceId, item } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			if (!QUESTIONS.includes(item)) throw questionNotFound();
			const answer = { workspaceId, item, accountId: account.id, done: request.body.done };
			const answered = (await storage.write(answerQuestion, answer)).find(({ id }) => id === item);
			if (answered === undefined) throw questionNotFound();
			return { item: answered };
		},
	);
};

function questionNotFound(): ProblemError {
	return new ProblemError(404, "not_found", "Checklist question not found. Reload the page.");
}
