import fp from "fastify-plugin";

import type { Account, Role } from "../../shared/wire.ts";
import { addRoutes } from "../http/add-routes.ts";
import type { Storage } from "../storage/storage.ts";
import { activityRoutes } from "./activity.routes.ts";
import { requireRight } from "./membership.store.ts";
import type { WorkspaceRight } from "./rights.ts";
import { workspaceRoutes } from "./workspaces.routes.ts";

declare module "fastify" {
	interface FastifyInstance {
		workspaces: {
			/** @throws ProblemError 401 without a session, 404 for non-members, 403 for members without the right */
			require(
				request: FastifyRequest,
				workspaceId: string,
				right: WorkspaceRight,
			): Promise<{ account: Account; role: Role }>;
			/**
			 * Runs `scan` for a member. Membership is checked before it and again after it, because a scan may be queued.
			 * @throws ProblemError as `require`
			 */
			see<Result>(
				request: FastifyRequest,
				workspaceId: string,
				scan: (turn: { account: string; signal: AbortSignal }) => Promise<Result>,
			): Promise<Result>;
		};
	}
}

/** Workspaces, their activity, and the rights of their members. */
export const workspaces = fp<{ storage: Storage }>(
	async (app, { storage }) => {
		app.decorate("workspaces", {
			async require(request, workspaceId, right) {
				const account = await app.accounts.require(request);
				return { account, role: await storage.read(requireRight, { accountId: account.id, workspaceId, right }) };
			},
			async see(request, workspaceId, scan) {
				const { account } = await app.workspaces.require(request, workspaceId, "see");
				const result = await scan({ account: account.id, signal: request.signal });
				await storage.read(requireRight, { accountId: account.id, workspaceId, right: "see" });
				return result;
			},
		});
		await addRoutes(app, workspaceRoutes, { storage });
		await addRoutes(app, activityRoutes, { storage });
	},
	{ name: "workspaces", dependencies: ["accounts", "errors"] },
);
