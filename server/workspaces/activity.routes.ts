import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { ActivityListSchema } from "../activity/activity.schema.ts";
import { listActivity } from "../activity/activity-list.store.ts";
import { readActivityQuery } from "../activity/activity-query.ts";
import { sendJson } from "../http/json-bytes.ts";
import type { Storage } from "../storage/storage.ts";
import { WorkspaceParams } from "./workspaces.schema.ts";

const Query = Type.Object(
	{
		key: Type.Optional(Type.String({ maxLength: 64, description: "A key's id" })),
		person: Type.Optional(
			Type.String({ maxLength: 64, description: "An account's id: entries by or about that person" }),
		),
		limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: "50 by default" })),
		cursor: Type.Optional(Type.String({ maxLength: 200, description: "nextCursor of the page before" })),
	},
	{ additionalProperties: false },
);

/** A workspace's activity, visible to every member: who did what, when and from where. */
export const activityRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	app.get(
		"/api/workspaces/:workspaceId/activity",
		{
			schema: {
				summary: "List activity, newest first",
				tags: ["workspaces"],
				params: WorkspaceParams,
				querystring: Query,
				response: { 200: ActivityListSchema },
			},
		},
		async (request, reply) => {
			const { workspaceId } = request.params;
			const list = await app.workspaces.see(request, workspaceId, async (turn) => {
				return storage.scanJson(listActivity, readActivityQuery(workspaceId, request.query), turn);
			});
			return sendJson(reply, list);
		},
	);
};
