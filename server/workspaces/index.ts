import fp from "fastify-plugin";

import type { Account, Role } from "../../shared/wire.ts";
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
			 * The result of the scan `ask`, for a member. Their right is checked before the scan and again after it, because a
			 * scan may wait.
			 * @throws ProblemError as `require`
			 */
			see<Answer>(
				request: FastifyRequest,
				workspaceId: string,
				ask: (turn: { account: string; signal: AbortSignal }) => Promise<Answer>,
			): Promise<Answer>;
		};
	}
}

/** Workspaces, and who may do what in them. */
export const workspaces = fp<{ storage: Storage }>(
	async (app, { storage }) => {
		app.decorate("workspaces", {
			async require(request, workspaceId, right) {
				const account = await app.accounts.require(request);
				return { account, role: await storage.read(requireRight, { accountId: account.id, workspaceId, right }) };
			},
			async see(request, workspaceId, ask) {
				const { account } = await app.workspaces.require(request, workspaceId, "see");
				const answer = await ask({ account: account.id, signal: request.signal });
				await storage.read(requireRight, { accountId: account.id, workspaceId, right: "see" });
				return answer;
			},
		});
		await app.register(workspaceRoutes, { storage });
		await app.register(activityRoutes, { storage });
	},
	{ name: "workspaces", dependencies: ["accounts", "errors"] },
);
