import swagger from "@fastify/swagger";
import fp from "fastify-plugin";

import { type Description, docsPage } from "./docs-page.ts";
import { DOCS_STYLE } from "./docs-style.ts";

const DESCRIPTION =
	"API keys for Roblox games. Errors are problem details (RFC 9457); under /oauth they are OAuth errors (RFC 6749).";

/** In display order. */
const TAGS = [
	{ name: "games", description: "For published games" },
	{ name: "oauth", description: "OAuth, for the plugin and other backends" },
	{ name: "pairing", description: "Approving a pairing" },
	{ name: "keys", description: "Keys" },
	{ name: "backends", description: "Credentials for a workspace's own backends" },
	{ name: "workspaces", description: "Workspaces" },
	{ name: "people", description: "People and invitations" },
	{ name: "accounts", description: "Accounts and sessions" },
	{ name: "plugin", description: "The plugin" },
	{ name: "operation", description: "For operators" },
];

/** The API's description, generated from the routes as they are declared: JSON for programs, a page for people. */
export const openapi = fp<{ publicUrl: string; version: string }>(
	async (app, { publicUrl, version }) => {
		await app.register(swagger, {
			hideUntagged: true,
			openapi: {
				openapi: "3.1.0",
				info: { title: "Auxvyn", description: DESCRIPTION, version },
				servers: [{ url: publicUrl }],
				tags: TAGS,
			},
		});
		app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
		app.get("/docs", { schema: { hide: true } }, async (_request, reply) =>
			reply.type("text/html; charset=utf-8").send(docsPage(app.swagger() as Description)),
		);
		app.get("/docs.css", { schema: { hide: true } }, async (_request, reply) =>
			reply.type("text/css; charset=utf-8").send(DOCS_STYLE),
		);
	},
	{ name: "openapi", dependencies: ["security"] },
);
