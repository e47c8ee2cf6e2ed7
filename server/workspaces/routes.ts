import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { actorOf } from "../http/actor.ts";
import { cleanText } from "../http/text.ts";
import type { Storage } from "../storage/storage.ts";
import { deleteWorkspace } from "./delete-workspace.store.ts";
import { WorkspaceListSchema, WorkspaceSchema } from "./schemas.ts";
import { createWorkspace, listWorkspaces, renameWorkspace } from "./workspace.store.ts";

const NAME_MAX_CODE_POINTS = 64;

const NEW_WORKSPACES = {
	most: 20,
	windowSeconds: 10 * 60,
	detail: "You made many workspaces just now. Wait, then make another.",
};

const answerSchema = Type.Object({ workspace: WorkspaceSchema });
const nameSchema = Type.Object({ name: Type.String() }, { additionalProperties: false });
const paramsSchema = Type.Object({ workspaceId: Type.String() });

/** List, create, rename, delete. */
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
			schema: { tags, summary: "Create a workspace", body: nameSchema, response: { 201: answerSchema } },
			config: { ownLimit: NEW_WORKSPACES },
			onRequest: async (request) => {
				await app.accounts.require(request);
			},
		},
		async (request, reply) => {
			const session = await app.accounts.requireSession(request);
			const name = cleanName(request.body.name);
			const actor = actorOf(request, session.account.id);
			// The session was looked up before the body came, which may have taken its time.
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
				params: paramsSchema,
				body: nameSchema,
				response: { 200: answerSchema },
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

	app.delete(
		path,
		{
			schema: {
				tags,
				summary: "Delete a workspace: its keys stop working with the very next request; for owners",
				description: "`name` is the workspace's own, so that nobody deletes the wrong one.",
				params: paramsSchema,
				body: nameSchema,
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
