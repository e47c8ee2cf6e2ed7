import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { WORKSPACE_NAME_MAX_CODE_POINTS } from "../../shared/limits.ts";
import { actorOf } from "../activity/actor.ts";
import { describedText } from "../http/openapi/described.ts";
import { cleanText } from "../http/text.ts";
import type { Storage } from "../storage/storage.ts";
import { createWorkspace, listWorkspaces, renameWorkspace } from "./workspace.store.ts";
import { OneWorkspaceSchema, WorkspaceListSchema, WorkspaceParams } from "./workspaces.schema.ts";

const NEW_WORKSPACES = {
	max: 20,
	windowSeconds: 10 * 60,
	detail: "You created too many workspaces. Wait, then try again.",
};

const NameBody = Type.Object({ name: describedText(WORKSPACE_NAME_MAX_CODE_POINTS) }, { additionalProperties: false });

/** Listing, creating and renaming workspaces. */
export const workspaceRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	const tags = ["workspaces"];
	const path = "/api/workspaces/:workspaceId";
	const cleanName = (name: string) => cleanText(name, { path: "name", maxCodePoints: WORKSPACE_NAME_MAX_CODE_POINTS });

	app.get(
		"/api/workspaces",
		{ schema: { tags, summary: "List your workspaces", response: { 200: WorkspaceListSchema } } },
		async (request) => {
			const account = await app.accounts.require(request);
			const turn = { account: account.id, signal: request.signal };
			return { workspaces: await storage.scan(listWorkspaces, { accountId: account.id }, turn) };
		},
	);

	app.post(
		"/api/workspaces",
		{
			schema: {
				tags,
				summary: "Create a workspace",
				body: NameBody,
				response: { 201: OneWorkspaceSchema },
				errors: ["too_many_workspaces"],
			},
			config: { routeLimit: NEW_WORKSPACES },
			onRequest: async (request) => {
				await app.accounts.require(request);
			},
		},
		async (request, reply) => {
			const session = await app.accounts.requireSession(request);
			const name = cleanName(request.body.name);
			const actor = actorOf(request, session.account.id);
			// Checked again in the transaction: the session was looked up before the body arrived, perhaps much earlier.
			const workspace = await storage.write(createWorkspace, { actor, sessionId: session.id, name });
			return reply.code(201).send({ workspace });
		},
	);

	app.patch(
		path,
		{
			schema: {
				tags,
				summary: "Rename a workspace; for owners",
				params: WorkspaceParams,
				body: NameBody,
				response: { 200: OneWorkspaceSchema },
			},
		},
		async (request) => {
			const { workspaceId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_people");
			const name = cleanName(request.body.name);
			const actor = actorOf(request, account.id);
			return { workspace: await storage.write(renameWorkspace, { actor, workspaceId, name }) };
		},
	);
};
