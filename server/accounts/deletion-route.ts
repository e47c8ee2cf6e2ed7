import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { actorOf } from "../http/actor.ts";
import { deleteAccount } from "./delete-account.store.ts";
import type { AccountParts } from "./parts.ts";
import { authHeaders } from "./sessions.ts";

const deleteSchema = Type.Object({ password: Type.String() }, { additionalProperties: false });

export const deletionRoute: FastifyPluginAsyncTypebox<AccountParts> = async (app, parts) => {
	const { auth, storage, prove, requireSession } = parts;

	app.post(
		"/api/account/delete",
		{
			schema: {
				tags: ["accounts"],
				summary: "Delete your account, and the workspaces in which nobody else is; what you made for others stays",
				body: deleteSchema,
				response: { 204: Type.Null() },
			},
			onRequest: async (request) => {
				await requireSession(request);
			},
		},
		async (request, reply) => {
			const session = await requireSession(request);
			const proof = await prove(request, session, { password: request.body.password });
			const actor = actorOf(request, session.account.id);
			await storage.write(deleteAccount, { actor, proof }, { priority: "high" });
			const { headers } = await auth.api.signOut({ headers: authHeaders(request), returnHeaders: true });
			return reply.header("set-cookie", headers.getSetCookie()).code(204).send(null);
		},
	);
};
