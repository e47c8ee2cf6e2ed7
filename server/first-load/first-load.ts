import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fp from "fastify-plugin";
import { Type } from "typebox";

import type { Start } from "../../shared/wire.ts";
import type { Config } from "../config.ts";
import type { Storage } from "../storage/storage.ts";
import { firstSteps } from "./first-steps.store.ts";
import { FirstStepsSchema, StartSchema } from "./schemas.ts";
import { loadStart } from "./start.store.ts";

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
				const start = await storage.scan(
					loadStart,
					{ accountId: account.id, workspaceId: request.query.workspace },
					{ account: account.id, signal: request.signal },
				);
				return { account, ...ground, ...start };
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
				return app.workspaces.see(request, workspaceId, (turn) =>
					storage.scan(firstSteps, { workspaceId, accountId: turn.account }, turn),
				);
			},
		);
	},
	{ name: "first-load", dependencies: ["accounts", "keys"] },
);
