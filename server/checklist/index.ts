import fp from "fastify-plugin";

import { addRoutes } from "../http/add-routes.ts";
import type { Storage } from "../storage/storage.ts";
import { checklistRoutes } from "./checklist.routes.ts";

export const checklist = fp<{ storage: Storage }>(
	async (app, options) => {
		await addRoutes(app, checklistRoutes, options);
	},
	{ name: "checklist", dependencies: ["workspaces"] },
);
