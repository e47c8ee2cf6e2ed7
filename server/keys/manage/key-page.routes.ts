import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";

import { ProblemError } from "../../errors/problem-error.ts";
import type { Storage } from "../../storage/storage.ts";
import { findKeyUsage } from "../usage/key-usage.store.ts";
import { findKeyDetails } from "./key-details.store.ts";
import { KeyDetailsSchema, KeyParams, KeyUsageSchema } from "./keys.schema.ts";

/** What a key's own page shows. */
export const keyPageRoutes: FastifyPluginCallbackTypebox<{ storage: Storage }> = (app, { storage }, done) => {
	const path = "/api/workspaces/:workspaceId/keys/:keyId";

	app.get(
		path,
		{
			schema: {
				summary: "A key, the one it replaces and the one that replaces it",
				tags: ["keys"],
				params: KeyParams,
				response: { 200: KeyDetailsSchema },
			},
		},
		async (request) => {
			const { workspaceId, keyId } = request.params;
			const details = await app.workspaces.see(request, workspaceId, (turn) =>
				storage.scan(findKeyDetails, { workspaceId, keyId }, turn),
			);
			if (details === undefined) throw notFound();
			return details;
		},
	);

	app.get(
		`${path}/usage`,
		{
			schema: {
				summary: "A key's requests by hour over 30 days",
				tags: ["keys"],
				params: KeyParams,
				response: { 200: KeyUsageSchema },
			},
		},
		async (request) => {
			const { workspaceId, keyId } = request.params;
			const usage = await app.workspaces.see(request, workspaceId, (turn) =>
				storage.scan(findKeyUsage, { workspaceId, keyId }, turn),
			);
			if (usage === undefined) throw notFound();
			return usage;
		},
	);

	done();
};

function notFound(): ProblemError {
	return new ProblemError(404, "not_found", "Key not found in this workspace. Look for it in the list.");
}
