import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { actorOf } from "../activity/actor.ts";
import { OnePersonSchema } from "../people/people.schema.ts";
import type { Storage } from "../storage/storage.ts";
import { RoleSchema } from "../workspaces/workspaces.schema.ts";
import { changeRole, endMembership } from "./members.store.ts";

const MemberParams = Type.Object({ workspaceId: Type.String(), accountId: Type.String() });
const RoleBody = Type.Object({ role: RoleSchema }, { additionalProperties: false });
const KeysQuery = Type.Object(
	{
		keys: Type.Optional(
			Type.Union([Type.Literal("keep"), Type.Literal("revoke")], {
				description: "What to do with the active keys they created; keep by default",
			}),
		),
	},
	{ additionalProperties: false },
);

/** Changing a member's role, leaving, and removing a member. */
export const memberRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	const path = "/api/workspaces/:workspaceId/people/:accountId";
	const tags = ["people"];

	app.patch(
		path,
		{
			schema: {
				tags,
				summary: "Change a person's role; for owners",
				params: MemberParams,
				body: RoleBody,
				response: { 200: OnePersonSchema },
				errors: ["last_owner"],
			},
		},
		async (request) => {
			const { workspaceId, accountId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_people");
			const actor = actorOf(request, account.id);
			const { role } = request.body;
			return { person: await storage.write(changeRole, { actor, workspaceId, accountId, role }, { reserve: true }) };
		},
	);

	app.delete(
		path,
		{
			schema: {
				tags,
				summary: "Leave a workspace, or remove a member as an owner",
				params: MemberParams,
				querystring: KeysQuery,
				response: { 204: Type.Null() },
				errors: ["last_owner"],
			},
			config: { alwaysHasRoom: true },
		},
		async (request, reply) => {
			const { workspaceId, accountId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "see");
			const actor = actorOf(request, account.id);
			const revokeKeys = request.query.keys === "revoke";
			const priority = revokeKeys ? "high" : "normal";
			await storage.write(endMembership, { actor, workspaceId, accountId, revokeKeys }, { priority, reserve: true });
			return reply.code(204).send(null);
		},
	);
};
