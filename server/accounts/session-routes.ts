import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import type { AccountSession } from "../../shared/wire.ts";
import { pin } from "../http/pin.ts";
import { ProblemError } from "../http/problem.ts";
import { requireSessionStill } from "./credentials.ts";
import type { AccountParts } from "./parts.ts";
import { endOtherSessions, endSession, listSessions } from "./session-list.ts";

const sessionSchema = pin<AccountSession>()(
	Type.Object({
		id: Type.String(),
		current: Type.Boolean(),
		createdAt: Type.String(),
		lastSeenAt: Type.String(),
		address: Type.Union([Type.String(), Type.Null()]),
		userAgent: Type.Union([Type.String(), Type.Null()]),
	}),
);

/** Where one is signed in, and how to end it. An ended session is refused on its very next request. */
export const sessionRoutes: FastifyPluginAsyncTypebox<AccountParts> = async (app, { storage, requireSession }) => {
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
				response: { 200: Type.Object({ sessions: Type.Array(sessionSchema) }) },
			},
			onRequest,
		},
		async (request) => ({ sessions: listSessions(storage.db, await requireSession(request), storage.now()) }),
	);

	app.delete(
		"/api/account/sessions",
		{ schema: { tags, summary: "End all your sessions but this one", response: { 204: Type.Null() } }, onRequest },
		async (request, reply) => {
			const session = await requireSession(request);
			await storage.write((transaction) => {
				requireSessionStill(transaction.db, session);
				endOtherSessions(transaction, session);
			});
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
			onRequest,
		},
		async (request, reply) => {
			const session = await requireSession(request);
			const ended = await storage.write((transaction) => {
				requireSessionStill(transaction.db, session);
				return endSession(transaction, session.account.id, request.params.sessionId);
			});
			if (!ended) throw new ProblemError(404, "not_found", "There is no such session. It may have ended already.");
			return reply.code(204).send(null);
		},
	);
};
