import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fp from "fastify-plugin";
import { Type } from "typebox";

import type { Storage } from "../storage/storage.ts";
import { listActivity } from "./activity-list.store.ts";
import { readActivityQuery } from "./activity-query.ts";
import { ActivityListSchema } from "./schemas.ts";

const Query = Type.Object(
	{
		key: Type.Optional(Type.String({ maxLength: 64, description: "A key's id" })),
		person: Type.Optional(Type.String({ maxLength: 64, description: "Who did it, or whom it was about" })),
		limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: "50 where absent" })),
		cursor: Type.Optional(Type.String({ maxLength: 200 })),
	},
	{ additionalProperties: false },
);

/** Who did what, when and from where: every member of a workspace may read it. */
export const activity = fp<{ storage: Storage }>(
	async (app, { storage }) => {
		app.withTypeProvider<TypeBoxTypeProvider>().get(
			"/api/workspaces/:workspaceId/activity",
			{
				schema: {
					summary: "What happened, newest first",
					tags: ["workspaces"],
					params: Type.Object({ workspaceId: Type.String() }),
					querystring: Query,
					response: { 200: ActivityListSchema },
				},
			},
			async (request) => {
				const { workspaceId } = request.params;
				return app.workspaces.see(request, workspaceId, async (turn) => {
					return storage.scan(listActivity, readActivityQuery(workspaceId, request.query), turn);
				});
			},
		);
	},
	{ name: "activity", dependencies: ["workspaces"] },
);
