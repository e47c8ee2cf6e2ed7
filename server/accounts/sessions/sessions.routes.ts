import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import { ProblemError } from "../../errors/problem-error.ts";
import type { AccountServices } from "./account-services.ts";
import { clientOf, ownSession } from "./session.ts";
import { SessionListSchema } from "./sessions.schema.ts";
import { endOtherSessions, endSession, listSessions } from "./sessions.store.ts";

/** An account's sessions. Once ended, a session is refused from its next request on. */
export const sessionRoutes: FastifyPluginAsyncTypebox<AccountServices> = async (app, { storage, requireSession }) => {
	const onRequest = async (request: FastifyRequest) => {
		await requireSession(request);
	};
	const tags = ["accounts"];

	app.get(
		"/api/account/sessions",
		{
			schema: {
				tags,
				summary: "List your sessions, this one first",
				response: { 200: SessionListSchema },
			},
			onRequest,
		},
		async (request) => {
			const own = ownSession(await requireSession(request));
			const { signal } = request;
			return { sessions: await storage.scan(listSessions, own, { account: own.accountId, signal }) };
		},
	);

	app.delete(
		"/api/account/sessions",
		{
			schema: { tags, summary: "End all your other sessions", response: { 204: Type.Null() } },
			config: { alwaysHasRoom: true },
			onRequest,
		},
		async (request, reply) => {
			const own = ownSession(await requireSession(request));
			await storage.write(endOtherSessions, { ...own, client: clientOf(request) }, { reserve: true });
			return reply.code(204).send(null);
		},
	);

	app.delete(
		"/api/account/sessions/:sessionId",
		{
			schema: {
				tags,
				summary: "End one of your sessions",
				params: Type.Object({ sessionId: Type.String() }),
				response: { 204: Type.Null() },
			},
			config: { alwaysHasRoom: true },
			onRequest,
		},
		async (request, reply) => {
			const own = ownSession(await requireSession(request));
			const ending = { ...own, endedId: request.params.sessionId, client: clientOf(request) };
			const ended = await storage.write(endSession, ending, { reserve: true });
			if (!ended) throw new ProblemError(404, "not_found", "Session not found. It may have ended already.");
			return reply.code(204).send(null);
		},
	);
};
