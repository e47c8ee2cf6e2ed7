import fp from "fastify-plugin";

import type { Storage } from "../storage/storage.ts";
import { deleteAccountRoutes } from "./delete-account.routes.ts";
import { deleteWorkspaceRoutes } from "./delete-workspace.routes.ts";
import { memberRoutes } from "./members.routes.ts";

/** What ends access: a lower role, leaving, a deleted workspace or account, with the keys and pairings that end with it. */
export const offboarding = fp<{ storage: Storage }>(
	async (app, options) => {
		for (const routes of [memberRoutes, deleteWorkspaceRoutes, deleteAccountRoutes])
			await app.register(routes, options);
	},
	{ name: "offboarding", dependencies: ["accounts", "workspaces"] },
);
