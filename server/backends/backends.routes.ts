import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { BACKEND_NAME_MAX_CODE_POINTS } from "../../shared/limits.ts";
import type { CreatedBackend } from "../../shared/wire.ts";
import { actorOf } from "../activity/actor.ts";
import { describedText } from "../http/openapi/described.ts";
import { cleanText } from "../http/text.ts";
import { newId } from "../ids.ts";
import type { Storage } from "../storage/storage.ts";
import { WorkspaceParams } from "../workspaces/workspaces.schema.ts";
import { createBackend, deleteBackend, renameBackend } from "./backend-writes.store.ts";
import { BackendListSchema, CreatedBackendSchema, OneBackendSchema } from "./backends.schema.ts";
import { listBackends } from "./backends.store.ts";
import { backendSecretHash, newBackendSecret } from "./credentials.ts";

const BackendParams = Type.Object({ workspaceId: Type.String(), id: Type.String() });
const NameBody = Type.Object({ name: describedText(BACKEND_NAME_MAX_CODE_POINTS) }, { additionalProperties: false });

/** Listing, creating, renaming and deleting a workspace's backends. */
export const backendRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	const path = "/api/workspaces/:workspaceId/backends";
	const tags = ["backends"];
	const cleanName = (name: string) => cleanText(name, { path: "name", maxCodePoints: BACKEND_NAME_MAX_CODE_POINTS });

	app.get(
		path,
		{
			schema: {
				tags,
				summary: "List backends, oldest first",
				params: WorkspaceParams,
				response: { 200: BackendListSchema },
			},
		},
		async (request) => {
			const { workspaceId } = request.params;
			return app.workspaces.see(request, workspaceId, async (turn) => ({
				backends: await storage.scan(listBackends, { workspaceId }, turn),
			}));
		},
	);

	app.post(
		path,
		{
			schema: {
				tags,
				summary: "Create credentials for a backend. Only this response contains the secret",
				description: "With them it introspects the workspace's keys, and no others: client id = the backend's id.",
				params: WorkspaceParams,
				body: NameBody,
				response: { 201: CreatedBackendSchema },
				errors: ["too_many_backends"],
			},
		},
		async (request, reply) => {
			const { workspaceId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const name = cleanName(request.body.name);
			const secret = newBackendSecret();
			const backend = await storage.write(createBackend, {
				actor: actorOf(request, account.id),
				workspaceId,
				id: newId("bk"),
				name,
				secretHash: backendSecretHash(secret),
			});
			void reply.code(201).headers({ "Cache-Control": "no-store", Pragma: "no-cache" });
			return { backend, secret } satisfies CreatedBackend;
		},
	);

	app.patch(
		`${path}/:id`,
		{
			schema: {
				tags,
				summary: "Rename a backend",
				params: BackendParams,
				body: NameBody,
				response: { 200: OneBackendSchema },
			},
		},
		async (request) => {
			const { workspaceId, id } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const name = cleanName(request.body.name);
			const actor = actorOf(request, account.id);
			return { backend: await storage.write(renameBackend, { actor, workspaceId, id, name }) };
		},
	);

	app.delete(
		`${path}/:id`,
		{
			schema: {
				tags,
				summary: "Delete a backend: its credentials are refused from the next request on",
				params: BackendParams,
				response: { 204: Type.Null() },
			},
			config: { alwaysHasRoom: true },
		},
		async (request, reply) => {
			const { workspaceId, id } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const actor = actorOf(request, account.id);
			await storage.write(deleteBackend, { actor, workspaceId, id }, { priority: "high" });
			return reply.code(204).send(null);
		},
	);
};
