import fp from "fastify-plugin";

import { type FirstLoadOptions, firstLoadRoutes } from "./first-load.routes.ts";

export const firstLoad = fp<FirstLoadOptions>(
	async (app, options) => {
		await app.register(firstLoadRoutes, options);
	},
	{ name: "first-load", dependencies: ["accounts", "workspaces", "keys"] },
);
