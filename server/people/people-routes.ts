import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import type { Person } from "../../shared/wire.ts";
import { actorOf } from "../http/actor.ts";
import type { Storage } from "../storage/storage.ts";
import { mayManagePeople } from "../workspaces/membership.ts";
import { openInvitations, toInvitation } from "./invitations.ts";
import { findPerson, listPeople } from "./people-list.ts";
import { changeRole, endMembership } from "./people-writes.ts";
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
			const { role } = await app.workspaces.require(request, workspaceId, "see");
			const open = mayManagePeople(role) ? openInvitations(storage.db, workspaceId, storage.now()) : [];
			return { people: listPeople(storage.db, workspaceId), invitations: open.map(toInvitation) };
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
			const person = await storage.write((transaction): Person | undefined => {
				changeRole(transaction, actor, { workspaceId, accountId }, request.body.role);
				return findPerson(transaction.db, workspaceId, accountId);
			});
			if (person === undefined) throw new Error("A member whose role was just changed is not there.");
			return { person };
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
			await storage.write((transaction) => {
				endMembership(transaction, actor, { workspaceId, accountId }, { revokeKeys });
			});
			return reply.code(204).send(null);
		},
	);
};
