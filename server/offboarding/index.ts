import fp from "fastify-plugin";

import { addRoutes } from "../http/add-routes.ts";
import type { Storage } from "../storage/storage.ts";
import { deleteAccountRoutes } from "./delete-account.routes.ts";
import { deleteWorkspaceRoutes } from "./delete-workspace.routes.ts";
import { memberRoutes } from "./members.routes.ts";
import { reviewRoutes } from "./review.routes.ts";

/** Everything that ends access: lowering a role, leaving, deleting a workspace or account. Revokes keys and pairings with it. */
export const offboarding = fp<{ storage: Storage }>(
	async (app, options) => {
		for (const routes of [memberRoutes, deleteWorkspaceRoutes, deleteAccountRoutes, reviewRoutes])
			await addRoutes(app, routes, options);
	},
	{ name: "offboarding", dependencies: ["accounts", "workspaces"] },
);
