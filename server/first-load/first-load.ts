import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fp from "fastify-plugin";
import { Type } from "typebox";

import type { Start } from "../../shared/wire.ts";
import type { Config } from "../config.ts";
import { firstKeys } from "../keys/key-list.ts";
import type { Storage } from "../storage/storage.ts";
import { listWorkspaces } from "../workspaces/workspace-store.ts";
import { StartSchema } from "./schemas.ts";

const Query = Type.Object(
	{ workspace: Type.Optional(Type.String({ description: "Whose keys to begin with; the first one’s where absent" })) },
	{ additionalProperties: false },
);

/** All that the dashboard's first page shows, in one answer. */
export const firstLoad = fp<{ config: Pick<Config, "signUp" | "mail">; storage: Storage }>(
	async (app, { config, storage }) => {
		app.withTypeProvider<TypeBoxTypeProvider>().get(
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
				const keys = shown ? { workspaceId: shown.id, list: firstKeys(storage, shown.id) } : null;
				return { account, ...ground, workspaces, keys };
			},
		);
	},
	{ name: "first-load", dependencies: ["accounts", "keys"] },
);
