import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { actorOf } from "../activity/actor.ts";
import type { Storage } from "../storage/storage.ts";
import { deleteAccount } from "./delete-account.store.ts";

const PasswordBody = Type.Object({ password: Type.String() }, { additionalProperties: false });

export const deleteAccountRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	app.post(
		"/api/account/delete",
		{
			schema: {
				tags: ["accounts"],
				summary: "Delete your account and workspaces that only you are in; keys you created elsewhere keep working",
				body: PasswordBody,
				response: { 204: Type.Null() },
				errors: ["last_owner", "wrong_password", "overloaded"],
			},
			onRequest: async (request) => {
				await app.accounts.require(request);
			},
		},
		async (request, reply) => {
			const proof = await app.accounts.prove(request, { password: request.body.password });
			const actor = actorOf(request, proof.accountId);
			await storage.write(deleteAccount, { actor, proof }, { priority: "high" });
			reply.header("set-cookie", await app.accounts.clearedCookies(request));
			return reply.code(204).send(null);
		},
	);
};
