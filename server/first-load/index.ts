import fp from "fastify-plugin";

import { addRoutes } from "../http/add-routes.ts";
import { type FirstLoadOptions, firstLoadRoutes } from "./first-load.routes.ts";

export const firstLoad = fp<FirstLoadOptions>(
	async (app, options) => {
		await addRoutes(app, firstLoadRoutes, options);
	},
	{ name: "first-load", dependencies: ["accounts", "workspaces", "keys"] },
);
