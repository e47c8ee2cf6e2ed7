import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import type { KeyDetails, KeyUsage } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { pin } from "../http/pin.ts";
import type { Storage } from "../storage/storage.ts";
import { findKeyDetails, findKeyUsage } from "./key-details.store.ts";
import { KeySchema } from "./schemas.ts";

const WorkspaceKey = Type.Object({ workspaceId: Type.String(), keyId: Type.String() });

const KeyDetailsSchema = pin<KeyDetails>()(
	Type.Object({
		key: KeySchema,
		replaces: Type.Union([KeySchema, Type.Null()], { description: "The key in whose place it came" }),
		replacement: Type.Union([KeySchema, Type.Null()], { description: "The newest key that came in its place" }),
	}),
);

const Hours = (description: string) => Type.Array(Type.Integer(), { description });
const KeyUsageSchema = pin<KeyUsage>()(
	Type.Object({
		from: Type.String({ description: "The beginning of the first hour, ISO 8601 in UTC" }),
		accepted: Hours("For each of 720 hours, oldest first; the last one is not over"),
		refused: Hours("Presented after its revocation"),
	}),
);

/** What a key's own page shows. */
export const keyPageRoutes: FastifyPluginCallbackTypebox<{ storage: Storage }> = (app, { storage }, done) => {
	const path = "/api/workspaces/:workspaceId/keys/:keyId";

	app.get(
		path,
		{
			schema: {
				summary: "A key, the one it replaces and the one that replaces it",
				tags: ["keys"],
				params: WorkspaceKey,
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
				params: WorkspaceKey,
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
	return new ProblemError(404, "not_found", "There is no such key in this workspace. Look for it in the list.");
}
