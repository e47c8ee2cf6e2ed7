import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fp from "fastify-plugin";
import { Type } from "typebox";

import type { Start } from "../../shared/wire.ts";
import type { Config } from "../config.ts";
import { firstKeys } from "../keys/key-list.ts";
import type { Storage } from "../storage/storage.ts";
import { listWorkspaces } from "../workspaces/workspace-store.ts";
import { firstSteps } from "./first-steps.ts";
import { FirstStepsSchema, StartSchema } from "./schemas.ts";

const Query = Type.Object(
	{ workspace: Type.Optional(Type.String({ description: "Whose keys to begin with; the first one’s where absent" })) },
	{ additionalProperties: false },
);

/** All that the dashboard's first page shows, in one answer. */
export const firstLoad = fp<{ config: Pick<Config, "signUp" | "mail">; storage: Storage }>(
	async (app, { config, storage }) => {
		const routes = app.withTypeProvider<TypeBoxTypeProvider>();

		routes.get(
			"/api/start",
			{
				schema: {
					tags: ["accounts"],
					summary: "Who is signed in, their workspaces, and the first keys of one of them",
					querystring: Query,
					response: { 200: StartSchema },
				},
			},
			async (request, reply): Promise<Start> => {
				reply.header("Cache-Control", "no-store");
				const ground = { signUp: config.signUp, mail: config.mail !== undefined };
				const account = await app.accounts.arrived(request, reply);
				if (account === null) return { account, ...ground, workspaces: [], keys: null };
				const workspaces = listWorkspaces(storage.db, account.id);
				const shown = workspaces.find(({ id }) => id === request.query.workspace) ?? workspaces[0];
				return { account, ...ground, workspaces, keys: shown ? keysOf(shown.id, account.id) : null };
			},
		);

		routes.get(
			"/api/workspaces/:workspaceId/first-steps",
			{
				schema: {
					tags: ["workspaces"],
					summary: "How far a workspace has come: plugin, first key, first request",
					params: Type.Object({ workspaceId: Type.String() }),
					response: { 200: FirstStepsSchema },
				},
			},
			async (request) => {
				const { workspaceId } = request.params;
				const { account } = await app.workspaces.require(request, workspaceId, "see");
				return firstSteps(storage.db, workspaceId, account.id);
			},
		);

		function keysOf(workspaceId: string, accountId: string): Start["keys"] {
			const list = firstKeys(storage, workspaceId);
			return { workspaceId, list, firstSteps: firstSteps(storage.db, workspaceId, accountId) };
		}
	},
	{ name: "first-load", dependencies: ["accounts", "keys"] },
);
