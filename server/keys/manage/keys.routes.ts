import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { LABEL_MAX_CODE_POINTS, SEARCH_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import type { CreatedKey } from "../../../shared/wire.ts";
import { actorOf } from "../../activity/actor.ts";
import { sendJson } from "../../http/json-bytes.ts";
import { describedHeader, describedText } from "../../http/openapi/described.ts";
import { ProblemSchema } from "../../http/problem.schema.ts";
import { cleanText } from "../../http/text.ts";
import { newId } from "../../ids.ts";
import type { Storage } from "../../storage/storage.ts";
import { WorkspaceParams } from "../../workspaces/workspaces.schema.ts";
import { digestOf } from "../authenticate/digest.ts";
import { generateKey, hintOf } from "./generate-key.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import { listKeys } from "./key-list.store.ts";
import { readKeyQuery } from "./key-query.ts";
import { CreatedKeySchema, KeyListSchema, KeyParams, KeySchema, OneKeySchema } from "./keys.schema.ts";
import { createKey, renameKey, revokeKeyAsMember } from "./member-actions.store.ts";

/** Fits a folded label as JSON in base64: folding makes up to 18 characters of one. */
const CURSOR_MAX_CHARACTERS = 6_000;
/** Per account, besides the running one. */
const MAX_WAITING_SEARCHES = 2;
const Label = Type.Object({ label: describedText(LABEL_MAX_CODE_POINTS) }, { additionalProperties: false });
const NewKey = Type.Object(
	{
		label: describedText(LABEL_MAX_CODE_POINTS),
		replaces: Type.Optional(Type.String({ description: "The id of the key it replaces" })),
	},
	{ additionalProperties: false },
);
/** Read by `readIdempotencyKey`. */
const CreationHeaders = Type.Object({
	"idempotency-key": Type.Optional(
		describedHeader(
			"1 to 255 visible ASCII characters, such as a UUID. For 24 hours, repeating the request with it creates nothing: 409 with the key that was created, or 422 if the body differs",
		),
	),
});
/** The problem, with the key that an earlier request with the same `Idempotency-Key` created. */
const AlreadyCreated = Type.Object({ ...ProblemSchema.properties, key: Type.Optional(KeySchema) });
const Query = Type.Object(
	{
		limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: "50 by default" })),
		cursor: Type.Optional(
			Type.String({ maxLength: CURSOR_MAX_CHARACTERS, description: "nextCursor of the page before" }),
		),
		q: Type.Optional(Type.String({ maxLength: SEARCH_MAX_CODE_POINTS })),
		state: Type.Optional(Type.Union([Type.Literal("active"), Type.Literal("revoked")])),
		sort: Type.Optional(
			Type.Union([Type.Literal("created"), Type.Literal("label"), Type.Literal("used"), Type.Literal("requests")], {
				description: "created by default",
			}),
		),
		order: Type.Optional(
			Type.Union([Type.Literal("asc"), Type.Literal("desc")], {
				description: "By default newest, A to Z, last used or most requests first",
			}),
		),
		include: Type.Optional(Type.Literal("counts")),
	},
	{ additionalProperties: false },
);

/** Listing, creating, renaming and revoking a workspace's keys. */
export const keyRoutes: FastifyPluginCallbackTypebox<{ storage: Storage }> = (app, { storage }, done) => {
	const path = "/api/workspaces/:workspaceId/keys";
	const cleanLabel = (label: string) => cleanText(label, { path: "label", maxCodePoints: LABEL_MAX_CODE_POINTS });

	app.get(
		path,
		{
			schema: {
				summary: "List keys, including revoked ones",
				tags: ["keys"],
				params: WorkspaceParams,
				querystring: Query,
				response: {
					200: KeyListSchema,
				},
			},
		},
		async (request, reply) => {
			const { workspaceId } = request.params;
			const isSearch = request.query.q !== undefined && request.query.q !== "";
			const limit = isSearch ? { maxWaiting: MAX_WAITING_SEARCHES } : {};
			const list = await app.workspaces.see(request, workspaceId, async (turn) => {
				return storage.scanJson(listKeys, readKeyQuery(workspaceId, request.query), { ...turn, ...limit });
			});
			return sendJson(reply, list);
		},
	);

	app.post(
		path,
		{
			schema: {
				summary: "Create a key. Only this response contains its secret",
				tags: ["keys"],
				params: WorkspaceParams,
				headers: CreationHeaders,
				body: NewKey,
				response: { 201: CreatedKeySchema, 409: AlreadyCreated, 422: ProblemSchema },
				errors: ["already_created", "idempotency_key_reused"],
			},
		},
		async (request, reply) => {
			const { workspaceId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const label = cleanLabel(request.body.label);
			const { replaces = null } = request.body;
			const secret = generateKey();
			const key = await storage.write(createKey, {
				actor: actorOf(request, account.id),
				id: newId("key"),
				digest: digestOf(secret),
				hint: hintOf(secret),
				workspaceId,
				label,
				replaces,
				request: readIdempotencyKey(request.headers, request.body),
			});
			void reply.code(201).headers({ "Cache-Control": "no-store", Pragma: "no-cache" });
			return { key, secret } satisfies CreatedKey;
		},
	);

	app.patch(
		`${path}/:keyId`,
		{
			schema: {
				summary: "Rename a key",
				tags: ["keys"],
				params: KeyParams,
				body: Label,
				response: { 200: OneKeySchema },
			},
		},
		async (request) => {
			const { workspaceId, keyId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const label = cleanLabel(request.body.label);
			return {
				key: await storage.write(renameKey, { actor: actorOf(request, account.id), workspaceId, keyId, label }),
			};
		},
	);

	app.delete(
		`${path}/:keyId`,
		{
			schema: {
				summary: "Revoke a key, effective with the next request",
				tags: ["keys"],
				params: KeyParams,
				response: { 204: Type.Null() },
			},
			config: { alwaysHasRoom: true },
		},
		async (request, reply) => {
			const { workspaceId, keyId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const actor = actorOf(request, account.id);
			await storage.write(revokeKeyAsMember, { actor, workspaceId, keyId }, { priority: "high" });
			return reply.code(204).send(null);
		},
	);

	done();
};
