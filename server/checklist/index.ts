import fp from "fastify-plugin";

import type { Storage } from "../storage/storage.ts";
import { checklistRoutes } from "./checklist.routes.ts";

export const checklist = fp<{ storage: Storage }>(
	async (app, options) => {
		await app.register(checklistRoutes, options);
	},
	{ name: "checklist", dependencies: ["workspaces"] },
);
