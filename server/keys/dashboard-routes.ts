import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { LABEL_MAX_CODE_POINTS, SEARCH_MAX_CODE_POINTS } from "../../shared/limits.ts";
import type { CreatedKey } from "../../shared/wire.ts";
import { actorOf } from "../http/actor.ts";
import { cleanText } from "../http/text.ts";
import { newId } from "../ids.ts";
import type { Storage } from "../storage/storage.ts";
import { digestOf } from "./digest.ts";
import { listKeys } from "./key-list.store.ts";
import { readKeyQuery } from "./key-query.ts";
import { createKey, deleteKey, renameKey } from "./manage-keys.store.ts";
import { CreatedKeySchema, KeyListSchema, KeySchema } from "./schemas.ts";
import { generateKey, hintOf } from "./secret.ts";

/** A label of 64 code points, in JSON, in base64, and more. */
const CURSOR_MAX_CHARACTERS = 800;
/** Of one account, besides the one that is under way. */
const MOST_SEARCHES_WAITING = 2;
const Workspace = Type.Object({ workspaceId: Type.String() });
const WorkspaceKey = Type.Object({ workspaceId: Type.String(), keyId: Type.String() });
const Label = Type.Object({ label: Type.String() }, { additionalProperties: false });
const NewKey = Type.Object(
	{ label: Type.String(), replaces: Type.Optional(Type.String({ description: "The id of a key it takes over from" })) },
	{ additionalProperties: false },
);
const Query = Type.Object(
	{
		limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: "50 where absent" })),
		cursor: Type.Optional(Type.String({ maxLength: CURSOR_MAX_CHARACTERS })),
		q: Type.Optional(Type.String({ maxLength: SEARCH_MAX_CODE_POINTS })),
		state: Type.Optional(Type.Union([Type.Literal("active"), Type.Literal("revoked")])),
		sort: Type.Optional(
			Type.Union([Type.Literal("created"), Type.Literal("label"), Type.Literal("used"), Type.Literal("requests")], {
				description: "created where absent",
			}),
		),
		order: Type.Optional(
			Type.Union([Type.Literal("asc"), Type.Literal("desc")], {
				description: "Where absent: newest, A, latest use or most requests first",
			}),
		),
		include: Type.Optional(Type.Literal("counts")),
	},
	{ additionalProperties: false },
);

/** A workspace's keys for its people: list, create, rename, revoke. */
export const keyRoutes: FastifyPluginCallbackTypebox<{ storage: Storage }> = (app, { storage }, done) => {
	const path = "/api/workspaces/:workspaceId/keys";
	const cleanLabel = (label: string) => cleanText(label, { path: "label", maxCodePoints: LABEL_MAX_CODE_POINTS });

	app.get(
		path,
		{
			schema: {
				summary: "List keys, revoked ones included",
				tags: ["keys"],
				params: Workspace,
				querystring: Query,
				response: {
					200: KeyListSchema,
				},
			},
		},
		async (request) => {
			const { workspaceId } = request.params;
			const isSearch = request.query.q !== undefined && request.query.q !== "";
			const limit = isSearch ? { mostWaiting: MOST_SEARCHES_WAITING } : {};
			return app.workspaces.see(request, workspaceId, async (turn) => {
				return storage.scan(listKeys, readKeyQuery(workspaceId, request.query), { ...turn, ...limit });
			});
		},
	);

	app.post(
		path,
		{
			schema: {
				summary: "Create a key; its secret is in this answer and never again",
				tags: ["keys"],
				params: Workspace,
				body: NewKey,
				response: { 201: CreatedKeySchema },
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
				params: WorkspaceKey,
				body: Label,
				response: { 200: Type.Object({ key: KeySchema }) },
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
				summary: "Revoke a key: it stops working with the very next request",
				tags: ["keys"],
				params: WorkspaceKey,
				response: { 204: Type.Null() },
			},
		},
		async (request, reply) => {
			const { workspaceId, keyId } = request.params;
			const { account } = await app.workspaces.require(request, workspaceId, "manage_keys");
			const actor = actorOf(request, account.id);
			await storage.write(deleteKey, { actor, workspaceId, keyId }, { priority: "high" });
			return reply.code(204).send(null);
		},
	);

	done();
};
