import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { LABEL_MAX_CODE_POINTS, SEARCH_MAX_CODE_POINTS } from "../../shared/limits.ts";
import type { CreatedKey, Key } from "../../shared/wire.ts";
import { actorOf } from "../http/actor.ts";
import { invalidField, ProblemError } from "../http/problem.ts";
import { cleanText } from "../http/text.ts";
import { newId } from "../ids.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { mayManageKeys, roleOf } from "../workspaces/membership.ts";
import { findKey } from "./find-keys.ts";
import { listKeys } from "./key-list.ts";
import { insertKey, reasonToDelete, renameKey, revokeKey } from "./key-writes.ts";
import { CreatedKeySchema, KeyListSchema, KeySchema } from "./schemas.ts";
import { createSearchLine } from "./search-line.ts";
import { generateKey } from "./secret.ts";

/** A label of 64 code points, in JSON, in base64, and more. */
const CURSOR_MAX_CHARACTERS = 800;
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
	const searches = createSearchLine();
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
			const { account } = await app.workspaces.require(request, workspaceId, "see");
			const list = () => listKeys(storage, workspaceId, request.query, request.signal);
			return request.query.q ? searches.inTurn(account.id, request.signal, list) : list();
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
			const { replaces } = request.body;
			const secret = generateKey();
			const id = newId("key");
			await storage.write((transaction) => {
				demandRight(transaction, account.id, workspaceId);
				insertKey(transaction, actorOf(request, account.id), {
					id,
					secret,
					workspaceId,
					label,
					origin: "dashboard",
					place: null,
					replaces: replaces === undefined ? null : knownKey(transaction, workspaceId, replaces),
					confirmBy: undefined,
				});
			});
			void reply.code(201).headers({ "Cache-Control": "no-store", Pragma: "no-cache" });
			return { key: found(workspaceId, id), secret } satisfies CreatedKey;
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
			await storage.write((transaction) => {
				demandRight(transaction, account.id, workspaceId);
				renameKey(transaction, actorOf(request, account.id), { workspaceId, keyId, label });
			});
			return { key: found(workspaceId, keyId) };
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
			found(workspaceId, keyId);
			await storage.write((transaction) => {
				demandRight(transaction, account.id, workspaceId);
				revokeKey(transaction, actorOf(request, account.id), keyId, reasonToDelete(transaction.db, keyId));
			});
			return reply.code(204).send(null);
		},
	);

	function found(workspaceId: string, keyId: string): Key {
		const key = findKey(storage, workspaceId, keyId);
		if (key === undefined) throw notFound();
		return key;
	}

	done();
};

/** Again, in the transaction: the right may have gone since the request came. */
function demandRight({ db }: Transaction, accountId: string, workspaceId: string): void {
	if (!mayManageKeys(roleOf(db, accountId, workspaceId))) throw notFound();
}

/** The id again, where the workspace has such a key, active or revoked. */
function knownKey({ db }: Transaction, workspaceId: string, id: string): string {
	const known = db
		.prepare<[string, string], string>("SELECT id FROM api_key WHERE workspace_id = ? AND id = ?")
		.pluck()
		.get(workspaceId, id);
	if (known === undefined) throw invalidField("replaces", "there is no such key in this workspace");
	return known;
}

function notFound(): ProblemError {
	return new ProblemError(404, "not_found", "There is no such key in this workspace. Reload the list.");
}
