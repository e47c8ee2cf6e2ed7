import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { actorOf } from "../http/actor.ts";
import type { Storage } from "../storage/storage.ts";
import { listPeople } from "./people.store.ts";
import { changeRole, endMembership } from "./people-writes.store.ts";
import { PeopleSchema, PersonSchema, RoleSchema } from "./schemas.ts";

const Workspace = Type.Object({ workspaceId: Type.String() });
const Member = Type.Object({ workspaceId: Type.String(), accountId: Type.String() });
const RoleBody = Type.Object({ role: RoleSchema }, { additionalProperties: false });
const KeysQuery = Type.Object(
	{
		keys: Type.Optional(
			Type.Union([Type.Literal("keep"), Type.Literal("revoke")], {
				description: "What becomes of the active keys that they made; keep where absent",
			}),
		),
	},
	{ additionalProperties: false },
);

/** Who is in a workspace, and as what. */
export const peopleRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	const path = "/api/workspaces/:workspaceId/people";
	const tags = ["people"];

	app.get(
		path,
		{
			schema: {
				tags,
				summary: "List people, and open invitations",
				params: Workspace,
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

	app.patch(
		`${path}/:accountId`,
		{
			schema: {
				tags,
				summary: "Change a person's role; for owners",
				params: Member,
				body: RoleBody,
				response: { 200: Type.Object({ person: PersonSchema }) },
			},
		},
		async (request) => {
			const { workspaceId, accountId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_people");
			const actor = actorOf(request, account.id);
			const { role } = request.body;
			return { person: await storage.write(changeRole, { actor, workspaceId, accountId, role }) };
		},
	);

	app.delete(
		`${path}/:accountId`,
		{
			schema: {
				tags,
				summary: "Leave a workspace, or, as an owner, remove somebody from it",
				params: Member,
				querystring: KeysQuery,
				response: { 204: Type.Null() },
			},
		},
		async (request, reply) => {
			const { workspaceId, accountId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "see");
			const actor = actorOf(request, account.id);
			const revokeKeys = request.query.keys === "revoke";
			const priority = revokeKeys ? "high" : "normal";
			await storage.write(endMembership, { actor, workspaceId, accountId, revokeKeys }, { priority });
			return reply.code(204).send(null);
		},
	);
};
