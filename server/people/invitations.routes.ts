import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import { actorOf } from "../activity/actor.ts";
import { ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import type { Limit } from "../http/limits.ts";
import { linkTokenHash, newLinkToken } from "../link-token.ts";
import type { Storage } from "../storage/storage.ts";
import { OneWorkspaceSchema, WorkspaceParams } from "../workspaces/workspaces.schema.ts";
import { acceptInvitation, createInvitation, withdrawInvitation } from "./invitation-writes.store.ts";
import { invitationByToken, lookAtInvitation } from "./invitations.store.ts";
import { CreatedInvitationSchema, InvitationOfferSchema, InvitedRoleSchema } from "./people.schema.ts";

const InvitationParams = Type.Object({ workspaceId: Type.String(), invitationId: Type.String() });
const RoleBody = Type.Object({ role: InvitedRoleSchema }, { additionalProperties: false });
const TokenBody = Type.Object({ token: Type.String({ maxLength: 200 }) }, { additionalProperties: false });

export interface InvitationRoutesOptions {
	storage: Storage;
	publicUrl: string;
	/** Counts unknown tokens per address. Valid links are never limited. */
	unknownTokens: Limit;
}

/** Invitations by link. The token is in the URL fragment, which browsers do not send. */
export const invitationRoutes: FastifyPluginAsyncTypebox<InvitationRoutesOptions> = async (app, options) => {
	const { storage, publicUrl, unknownTokens } = options;
	const path = "/api/workspaces/:workspaceId/invitations";
	const tags = ["people"];

	function unknownInvitation(request: FastifyRequest): ProblemError {
		const wait = unknownTokens.take(clientAddress(request));
		if (wait !== undefined) return tooManyRequests(wait, "Too many invalid invitation links. Wait, then try again.");
		return new ProblemError(
			404,
			"unknown_invitation",
			"Invitation not found. It was accepted or withdrawn, or the link is incomplete. Copy all of it, or ask for a new one.",
		);
	}

	app.post(
		path,
		{
			schema: {
				tags,
				summary: "Create an invitation link, returned only in this response; for owners",
				params: WorkspaceParams,
				body: RoleBody,
				response: { 201: CreatedInvitationSchema },
				errors: ["too_many_invitations"],
			},
		},
		async (request, reply) => {
			const { workspaceId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_people");
			const actor = actorOf(request, account.id);
			const token = newLinkToken();
			const { role } = request.body;
			const tokenHash = linkTokenHash(token);
			const invitation = await storage.write(createInvitation, { actor, workspaceId, role, tokenHash });
			void reply.code(201).headers({ "Cache-Control": "no-store", Pragma: "no-cache" });
			return { invitation, link: `${publicUrl}/invite#${token}` };
		},
	);

	app.delete(
		`${path}/:invitationId`,
		{
			schema: {
				tags,
				summary: "Withdraw an invitation; for owners",
				params: InvitationParams,
				response: { 204: Type.Null() },
			},
			config: { alwaysHasRoom: true },
		},
		async (request, reply) => {
			const { workspaceId, invitationId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_people");
			const actor = actorOf(request, account.id);
			await storage.write(withdrawInvitation, { actor, workspaceId, invitationId }, { reserve: true });
			return reply.code(204).send(null);
		},
	);

	app.post(
		"/api/invitations/look",
		{
			schema: {
				tags,
				summary: "Look up an invitation; needs no session",
				body: TokenBody,
				response: { 200: InvitationOfferSchema },
				errors: ["expired_invitation", "unknown_invitation"],
				security: [],
			},
		},
		async (request) => {
			const offer = await storage.read(lookAtInvitation, { tokenHash: linkTokenHash(request.body.token) });
			if (offer === undefined) throw unknownInvitation(request);
			return offer;
		},
	);

	app.post(
		"/api/invitations/accept",
		{
			schema: {
				tags,
				summary: "Accept an invitation",
				body: TokenBody,
				response: { 200: OneWorkspaceSchema },
				errors: ["expired_invitation", "too_many_workspaces", "unknown_invitation"],
			},
		},
		async (request) => {
			const account = await app.accounts.require(request);
			const actor = actorOf(request, account.id);
			const tokenHash = linkTokenHash(request.body.token);
			// Read first, so that guesses do not take the write lock.
			const known = (await storage.read(invitationByToken, { tokenHash })) !== undefined;
			const workspace = known && (await storage.write(acceptInvitation, { actor, tokenHash }));
			if (!workspace) throw unknownInvitation(request);
			return { workspace };
		},
	);
};
