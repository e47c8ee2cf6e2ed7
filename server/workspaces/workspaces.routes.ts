import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { actorOf } from "../activity/actor.ts";
import { cleanText } from "../http/text.ts";
import type { Storage } from "../storage/storage.ts";
import { createWorkspace, listWorkspaces, renameWorkspace } from "./workspace.store.ts";
import { WorkspaceListSchema, WorkspaceParams, WorkspaceSchema } from "./workspaces.schema.ts";

const NAME_MAX_CODE_POINTS = 64;

const NEW_WORKSPACES = {
	most: 20,
	windowSeconds: 10 * 60,
	detail: "You made many workspaces just now. Wait, then make another.",
};

const AnswerSchema = Type.Object({ workspace: WorkspaceSchema });
const NameBody = Type.Object({ name: Type.String() }, { additionalProperties: false });

/** List, create, rename. */
export const workspaceRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	const tags = ["workspaces"];
	const path = "/api/workspaces/:workspaceId";
	const cleanName = (name: string) => cleanText(name, { path: "name", maxCodePoints: NAME_MAX_CODE_POINTS });

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
			schema: { tags, summary: "Create a workspace", body: NameBody, response: { 201: AnswerSchema } },
			config: { ownLimit: NEW_WORKSPACES },
			onRequest: async (request) => {
				await app.accounts.require(request);
			},
		},
		async (request, reply) => {
			const session = await app.accounts.requireSession(request);
			const name = cleanName(request.body.name);
			const actor = actorOf(request, session.account.id);
			// The session was looked up before the body arrived, which may have taken a while.
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
				response: { 200: AnswerSchema },
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
