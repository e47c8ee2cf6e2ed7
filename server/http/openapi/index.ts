import swagger from "@fastify/swagger";
import fp from "fastify-plugin";

import { compressedDocument, type ConstantDocument, sendDocument } from "../constant-document.ts";
import { createDescriber } from "./describe.ts";
import type { Document } from "./document.ts";
import { securitySchemes } from "./route-security.ts";

const DESCRIPTION =
	"API keys for Roblox games. Errors are problem details (RFC 9457); under /oauth they are OAuth errors (RFC 6749). A wrong method is answered with 405 and Allow, an unknown URL with 404, and a failure of the server itself with 500 internal_error.";

declare module "fastify" {
	interface FastifyInstance {
		/** Once all routes have been declared. */
		openapiDocument(): Document;
	}
}

/** In display order. */
const TAGS = [
	{ name: "games", description: "For published games" },
	{ name: "oauth", description: "OAuth, for the plugin and your backends" },
	{ name: "pairing", description: "Approving a pairing" },
	{ name: "keys", description: "Keys" },
	{ name: "backends", description: "Credentials for a workspace's own backends" },
	{ name: "workspaces", description: "Workspaces" },
	{ name: "people", description: "People and invitations" },
	{ name: "accounts", description: "Accounts and sessions" },
	{ name: "plugin", description: "The plugin" },
	{ name: "operation", description: "For operators" },
];

/** The API's description, generated from the routes as they are declared. `pages` makes a page of it for people. */
export const openapi = fp<{ publicUrl: string; version: string }>(
	async (app, { publicUrl, version }) => {
		const describer = createDescriber();
		await app.register(swagger, {
			hideUntagged: true,
			convertConstToEnum: false,
			transform: ({ schema, url, route }) => ({ schema: describer.prepare(schema, route), url }),
			transformObject: (given) => {
				const { openapiObject } = given as { openapiObject: object };
				return describer.complete(openapiObject as Document);
			},
			openapi: {
				openapi: "3.1.0",
				info: { title: "Auxvyn", description: DESCRIPTION, version },
				servers: [{ url: publicUrl }],
				tags: TAGS,
				components: { securitySchemes: securitySchemes(publicUrl) },
			},
		});
		app.decorate("openapiDocument", () => app.swagger() as unknown as Document);
		// Once all routes have been declared.
		let made: Promise<ConstantDocument> | undefined;
		app.get("/openapi.json", { schema: { hide: true }, config: { isLong: true } }, async (request, reply) => {
			made ??= compressedDocument(JSON.stringify(app.openapiDocument()), { type: "application/json; charset=utf-8" });
			return sendDocument(request, reply, await made);
		});
	},
	{ name: "openapi", dependencies: ["security"] },
);
