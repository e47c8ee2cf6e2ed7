import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import type { AccountSession } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { pin } from "../http/pin.ts";
import type { AccountParts } from "./parts.ts";
import { endOtherSessions, endSession, listSessions } from "./session-list.store.ts";
import { ownSession } from "./sessions.ts";

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

/** Where an account is signed in, and how to end that. An ended session is refused on its very next request. */
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
		async (request) => {
			const own = ownSession(await requireSession(request));
			const { signal } = request;
			return { sessions: await storage.scan(listSessions, own, { account: own.accountId, signal }) };
		},
	);

	app.delete(
		"/api/account/sessions",
		{ schema: { tags, summary: "End all your sessions but this one", response: { 204: Type.Null() } }, onRequest },
		async (request, reply) => {
			await storage.write(endOtherSessions, ownSession(await requireSession(request)));
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
			const own = ownSession(await requireSession(request));
			const ended = await storage.write(endSession, { ...own, endedId: request.params.sessionId });
			if (!ended) throw new ProblemError(404, "not_found", "There is no such session. It may have ended already.");
			return reply.code(204).send(null);
		},
	);
};
