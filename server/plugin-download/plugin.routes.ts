import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";

import { HEADERS, ROUTES } from "../../shared/wire.ts";
import { documentResponses, sendDocument } from "../http/constant-document.ts";
import { type ModelOptions, readModels } from "./models.ts";

/** Serves the models that are built into the repository, from memory. */
export const pluginRoutes: FastifyPluginAsyncTypebox<ModelOptions> = async (app, options) => {
	const models = await readModels(options);
	const config = { isLong: true };

	app.get(
		ROUTES.plugin,
		{
			schema: {
				tags: ["plugin"],
				summary: "Download the Studio plugin with this server's address",
				response: documentResponses("application/octet-stream", {
					headers: { [HEADERS.plugin]: { type: "string", description: "The plugin's version" } },
				}),
				errors: ["plugin_unavailable"],
			},
			config,
		},
		async (request, reply) => sendDocument(request, reply, await models["Auxvyn.rbxmx"]()),
	);

	app.get(
		ROUTES.client,
		{
			schema: {
				tags: ["plugin"],
				summary: "Download the runtime for games, as a module",
				description: "For places that keep their key in the Secrets Store, or are built by Rojo.",
				response: documentResponses("application/octet-stream"),
				errors: ["plugin_unavailable"],
			},
			config,
		},
		async (request, reply) => sendDocument(request, reply, await models["Client.rbxmx"]()),
	);
};
