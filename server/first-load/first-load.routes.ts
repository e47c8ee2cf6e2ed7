import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import manifest from "../../package.json" with { type: "json" };
import type { Start } from "../../shared/wire.ts";
import { hasAccount } from "../accounts/sign-up/first-account.store.ts";
import type { Config } from "../config.ts";
import type { Storage } from "../storage/storage.ts";
import { WorkspaceParams } from "../workspaces/workspaces.schema.ts";
import { FirstStepsSchema, StartSchema } from "./first-load.schema.ts";
import { firstSteps } from "./first-steps.store.ts";
import { loadStart } from "./start.store.ts";

const Query = Type.Object(
	{
		workspace: Type.Optional(Type.String({ description: "Load the keys of this workspace; by default the first one" })),
	},
	{ additionalProperties: false },
);

export interface FirstLoadOptions {
	config: Pick<Config, "publicUrl" | "signUp" | "mail">;
	storage: Storage;
}

/** The dashboard's initial data in one response. */
export const firstLoadRoutes: FastifyPluginAsyncTypebox<FirstLoadOptions> = async (app, { config, storage }) => {
	app.get(
		"/api/start",
		{
			schema: {
				tags: ["accounts"],
				summary: "Get the account, its workspaces and the first keys of one of them",
				querystring: Query,
				response: { 200: StartSchema },
				security: [{}, { session: [] }],
			},
		},
		async (request, reply): Promise<Start> => {
			reply.header("Cache-Control", "no-store");
			const { publicUrl, signUp, mail } = config;
			const server = { signUp, mail: mail !== undefined, version: manifest.version, publicUrl };
			const account = await app.accounts.findAndRenew(request, reply);
			if (account === null) {
				const setUp = await storage.read(hasAccount, undefined);
				return { account, setUp, ...server, workspaces: [], keys: null };
			}
			const start = await storage.scan(
				loadStart,
				{ accountId: account.id, workspaceId: request.query.workspace },
				{ account: account.id, signal: request.signal },
			);
			return { account, setUp: true, ...server, ...start };
		},
	);

	app.get(
		"/api/workspaces/:workspaceId/first-steps",
		{
			schema: {
				tags: ["workspaces"],
				summary: "Get a workspace's first steps: plugin, first key, first request",
				params: WorkspaceParams,
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
};
