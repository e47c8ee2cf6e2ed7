import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fp from "fastify-plugin";
import { Type } from "typebox";

import type { Role, Workspace, WorkspaceList } from "../../shared/wire.ts";
import type { Account } from "../accounts/account.ts";
import { actorOf } from "../http/actor.ts";
import { pin } from "../http/pin.ts";
import { ProblemError } from "../http/problem.ts";
import { cleanText } from "../http/text.ts";
import type { Storage } from "../storage/storage.ts";
import { mayManageKeys, roleOf } from "./membership.ts";
import { createWorkspace, listWorkspaces } from "./workspace-store.ts";

export type WorkspaceRight = "see" | "manage_keys";

declare module "fastify" {
	interface FastifyInstance {
		workspaces: {
			/** @throws ProblemError 401 without a session, 404 for strangers, 403 for members without the right */
			require(
				request: FastifyRequest,
				workspaceId: string,
				right: WorkspaceRight,
			): Promise<{ account: Account; role: Role }>;
		};
	}
}

const NAME_MAX_CODE_POINTS = 64;

const workspaceSchema = pin<Workspace>()(
	Type.Object({
		id: Type.String(),
		name: Type.String(),
		role: Type.Union([Type.Literal("owner"), Type.Literal("admin"), Type.Literal("member")]),
	}),
);
const listSchema = pin<WorkspaceList>()(Type.Object({ workspaces: Type.Array(workspaceSchema) }));
const createSchema = Type.Object({ name: Type.String() }, { additionalProperties: false });

export const workspaces = fp<{ storage: Storage }>(
	async (app, { storage }) => {
		app.decorate("workspaces", {
			async require(request, workspaceId, right) {
				const account = await app.accounts.require(request);
				const role = roleOf(storage.db, account.id, workspaceId);
				if (role === undefined) throw notFound();
				if (right === "manage_keys" && !mayManageKeys(role)) throw forbidden();
				return { account, role };
			},
		});
		const routes = app.withTypeProvider<TypeBoxTypeProvider>();

		routes.get(
			"/api/workspaces",
			{ schema: { tags: ["workspaces"], summary: "List your workspaces", response: { 200: listSchema } } },
			async (request) => {
				const account = await app.accounts.require(request);
				return { workspaces: listWorkspaces(storage.db, account.id) };
			},
		);

		routes.post(
			"/api/workspaces",
			{
				schema: {
					tags: ["workspaces"],
					summary: "Create a workspace",
					body: createSchema,
					response: { 201: Type.Object({ workspace: workspaceSchema }) },
				},
				onRequest: async (request) => {
					await app.accounts.require(request);
				},
			},
			async (request, reply) => {
				const account = await app.accounts.require(request);
				const name = cleanText(request.body.name, { path: "name", maxCodePoints: NAME_MAX_CODE_POINTS });
				const workspace = await storage.write((change) => createWorkspace(change, actorOf(request, account.id), name));
				return reply.code(201).send({ workspace });
			},
		);
	},
	{ name: "workspaces", dependencies: ["accounts", "errors"] },
);

function notFound(): ProblemError {
	return new ProblemError(404, "not_found", "There is no such workspace, or you are no member of it.");
}

function forbidden(): ProblemError {
	return new ProblemError(403, "forbidden", "Your role in this workspace does not allow that. Ask an owner or admin.");
}
