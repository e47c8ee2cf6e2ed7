import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import type { Storage } from "../storage/storage.ts";
import { OneReviewSchema } from "./review.schema.ts";
import { endReview, findReview } from "./review.store.ts";

/** What an account had before its address was first proven. Each part is ended by its own route, or kept. */
export const reviewRoutes: FastifyPluginAsyncTypebox<{ storage: Storage }> = async (app, { storage }) => {
	const onRequest = async (request: FastifyRequest) => {
		await app.accounts.require(request);
	};
	const tags = ["accounts"];

	app.get(
		"/api/account/review",
		{
			schema: {
				tags,
				summary: "Get what your account had before its e-mail address was proven; null if there is nothing to review",
				response: { 200: OneReviewSchema },
			},
			onRequest,
		},
		async (request) => {
			const { id: accountId } = await app.accounts.require(request);
			const turn = { account: accountId, signal: request.signal };
			return { review: await storage.scan(findReview, { accountId }, turn) };
		},
	);

	app.delete(
		"/api/account/review",
		{ schema: { tags, summary: "Keep the rest, and end the review", response: { 204: Type.Null() } }, onRequest },
		async (request, reply) => {
			const { id: accountId } = await app.accounts.require(request);
			await storage.write(endReview, { accountId }, { reserve: true });
			return reply.code(204).send(null);
		},
	);
};
