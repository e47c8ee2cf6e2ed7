import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { actorOf } from "../activity/actor.ts";
import type { Storage } from "../storage/storage.ts";
import { WorkspaceParams } from "../workspaces/workspaces.schema.ts";
import { deleteWorkspace } from "./delete-workspace.store.ts";

const NameBody = Type.Object({ name: Type.String() }, { additionalProperties: false });

export const deleteWorkspaceRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	app.delete(
		"/api/workspaces/:workspaceId",
		{
			schema: {
				tags: ["workspaces"],
				summary: "Delete a workspace: its keys stop working from the next request on; for owners",
				description: "`name` must match the workspace's name, to guard against deleting the wrong one.",
				params: WorkspaceParams,
				body: NameBody,
				response: { 204: Type.Null() },
			},
		},
		async (request, reply) => {
			const { workspaceId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_people");
			const actor = actorOf(request, account.id);
			const { name } = request.body;
			await storage.write(deleteWorkspace, { actor, workspaceId, name }, { priority: "high" });
			return reply.code(204).send(null);
		},
	);
};
