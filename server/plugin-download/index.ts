import fp from "fastify-plugin";

import { type PluginDownloadOptions, pluginRoutes } from "./plugin.routes.ts";

/** The Studio plugin: built in the background, served with this server's address in it. */
export const pluginDownload = fp<PluginDownloadOptions>(
	async (app, options) => {
		await app.register(pluginRoutes, options);
		app.addHook("onClose", () => options.build.close());
	},
	{ name: "plugin-download" },
);
