import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fp from "fastify-plugin";
import { Type } from "typebox";

import type { ChecklistItem } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { pin } from "../http/pin.ts";
import { KeyRefSchema, PersonRefSchema } from "../keys/schemas.ts";
import type { Storage } from "../storage/storage.ts";
import { checkWorkspace } from "./check-workspace.store.ts";
import { answerQuestion } from "./questions.store.ts";
import { QUESTIONS } from "./questions.ts";
import { createSharing } from "./sharing.ts";

const ItemSchema = pin<ChecklistItem>()(
	Type.Object({
		id: Type.String(),
		state: Type.Union([Type.Literal("good"), Type.Literal("attention"), Type.Literal("asked")]),
		count: Type.Integer({ description: "Keys it is about" }),
		keys: Type.Array(KeyRefSchema, { description: "The first few of them" }),
		answeredAt: Type.Union([Type.String(), Type.Null()], { description: "ISO 8601 in UTC" }),
		answeredBy: Type.Union([PersonRefSchema, Type.Null()]),
	}),
);

/** What makes a workspace's keys safer: checked where the backend can know, asked where it cannot. */
export const checklist = fp<{ storage: Storage }>(
	async (app, { storage }) => {
		const routes = app.withTypeProvider<TypeBoxTypeProvider>();
		const path = "/api/workspaces/:workspaceId/checklist";
		/** By workspace: a large one takes a while, and all its people see the same. */
		const share = createSharing<ChecklistItem[]>();

		routes.get(
			path,
			{
				schema: {
					summary: "The security checklist of a workspace",
					tags: ["workspaces"],
					params: Type.Object({ workspaceId: Type.String() }),
					response: { 200: Type.Object({ items: Type.Array(ItemSchema) }) },
				},
			},
			async (request) => {
				const { workspaceId } = request.params;
				// In the workspace's turn and without a signal: others may wait for the same answer.
				const check = () => storage.scan(checkWorkspace, { workspaceId }, { account: workspaceId });
				return { items: await app.workspaces.see(request, workspaceId, () => share(workspaceId, check)) };
			},
		);

		routes.put(
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
	},
	{ name: "checklist", dependencies: ["workspaces", "errors"] },
);

function noQuestion(): ProblemError {
	return new ProblemError(404, "not_found", "The checklist asks no such question. Reload the page.");
}
