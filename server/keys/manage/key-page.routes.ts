import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";

import type { Storage } from "../../storage/storage.ts";
import { findServers } from "../rotate/servers.store.ts";
import { findKeyUsage } from "../usage/key-usage.store.ts";
import { findKeyDetails } from "./key-details.store.ts";
import { GameServerListSchema, KeyDetailsSchema, KeyUsageSchema } from "./key-page.schema.ts";
import { KeyParams } from "./keys.schema.ts";
import { keyNotFound } from "./refusals.ts";

export interface KeyPageOptions {
	storage: Storage;
	/** Counts uses of a key that are logged. */
	countLogged: (keyId: string) => Promise<void>;
}

/** A single key's details, usage and game servers. */
export const keyPageRoutes: FastifyPluginCallbackTypebox<KeyPageOptions> = (app, { storage, countLogged }, done) => {
	const path = "/api/workspaces/:workspaceId/keys/:keyId";

	app.get(
		path,
		{
			schema: {
				summary: "Get a key, the key it replaces and its replacement",
				tags: ["keys"],
				params: KeyParams,
				response: { 200: KeyDetailsSchema },
			},
		},
		async (request) => {
			const { workspaceId, keyId } = request.params;
			const details = await app.workspaces.see(request, workspaceId, async (turn) => {
				await countLogged(keyId);
				return storage.scan(findKeyDetails, { workspaceId, keyId }, turn);
			});
			if (details === undefined) throw keyNotFound();
			return details;
		},
	);

	app.get(
		`${path}/usage`,
		{
			schema: {
				summary: "Get a key's requests per hour over 30 days",
				tags: ["keys"],
				params: KeyParams,
				response: { 200: KeyUsageSchema },
			},
		},
		async (request) => {
			const { workspaceId, keyId } = request.params;
			const usage = await app.workspaces.see(request, workspaceId, async (turn) => {
				await countLogged(keyId);
				return storage.scan(findKeyUsage, { workspaceId, keyId }, turn);
			});
			if (usage === undefined) throw keyNotFound();
			return usage;
		},
	);

	app.get(
		`${path}/servers`,
		{
			schema: {
				summary: "List the game servers that used a key in the last 14 days and have not said that they are closing",
				tags: ["keys"],
				params: KeyParams,
				response: { 200: GameServerListSchema },
			},
		},
		async (request) => {
			const { workspaceId, keyId } = request.params;
			const servers = await app.workspaces.see(request, workspaceId, async (turn) => {
				await countLogged(keyId);
				return storage.scan(findServers, { workspaceId, keyId }, turn);
			});
			if (servers === undefined) throw keyNotFound();
			return servers;
		},
	);

	done();
};
