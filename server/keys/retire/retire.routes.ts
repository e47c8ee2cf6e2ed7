import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { actorOf } from "../../activity/actor.ts";
import type { Storage } from "../../storage/storage.ts";
import { KeyParams, OneKeySchema } from "../manage/keys.schema.ts";
import { keepKeyAsMember, retireKeyAsMember } from "./member-retirement.store.ts";

const Successor = Type.Object(
	{ replacedBy: Type.String({ description: "The id of the key that replaces it" }) },
	{ additionalProperties: false },
);

/** Having a replaced key revoked once no server needs it. */
export const retireRoutes: FastifyPluginCallbackTypebox<{ storage: Storage }> = (app, { storage }, done) => {
	const path = "/api/workspaces/:workspaceId/keys/:keyId/retire";

	app.post(
		path,
		{
			schema: {
				summary:
					"Have a key revoked automatically, once nothing has used it for 30 minutes and the new key is published",
				description:
					"replacedBy: the id of an active key of the workspace that has been used. Repeating the request changes nothing, except after a retirement that asks: it begins again. retirement.waitingFor in the response says what it waits for: in_use, no_newer_version, same_version, no_server_headers, no_heartbeat, silence or too_many_places (docs/rotation.md).",
				tags: ["keys"],
				params: KeyParams,
				body: Successor,
				response: { 200: OneKeySchema },
				errors: ["already_revoked", "not_a_successor"],
			},
		},
		async (request) => {
			const { workspaceId, keyId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const { replacedBy } = request.body;
			const actor = actorOf(request, account.id);
			return { key: await storage.write(retireKeyAsMember, { actor, workspaceId, keyId, replacedBy }) };
		},
	);

	app.delete(
		path,
		{
			schema: {
				summary: "Cancel a key's retirement",
				description: "Succeeds if there is none, too.",
				tags: ["keys"],
				params: KeyParams,
				response: { 200: OneKeySchema },
				errors: ["already_revoked"],
			},
			config: { alwaysHasRoom: true },
		},
		async (request) => {
			const { workspaceId, keyId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const actor = actorOf(request, account.id);
			return { key: await storage.write(keepKeyAsMember, { actor, workspaceId, keyId }, { priority: "high" }) };
		},
	);

	done();
};
