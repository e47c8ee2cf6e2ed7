import fp from "fastify-plugin";

import { addRoutes } from "../http/add-routes.ts";
import type { ModelOptions } from "./models.ts";
import { pluginRoutes } from "./plugin.routes.ts";

/** The Studio plugin, with this server's address in it, and the runtime for games. */
export const pluginDownload = fp<ModelOptions>(async (app, options) => addRoutes(app, pluginRoutes, options), {
	name: "plugin-download",
});
