import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";

import type { Storage } from "../storage/storage.ts";
import { WorkspaceParams } from "../workspaces/workspaces.schema.ts";
import { PeopleSchema } from "./people.schema.ts";
import { listPeople } from "./people.store.ts";

export const peopleRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	app.get(
		"/api/workspaces/:workspaceId/people",
		{
			schema: {
				tags: ["people"],
				summary: "List people and open invitations",
				params: WorkspaceParams,
				response: { 200: PeopleSchema },
			},
		},
		async (request) => {
			const { workspaceId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "see");
			const turn = { account: account.id, signal: request.signal };
			return storage.scan(listPeople, { workspaceId, accountId: account.id }, turn);
		},
	);
};
