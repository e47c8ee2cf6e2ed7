import type { FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import { type Config, isLoopbackHost } from "../config.ts";
import { compressedDocument, type ConstantDocument, sendDocument } from "./constant-document.ts";
import { readDashboard } from "./dashboard-files.ts";
import { fillPage } from "./openapi/page/page.ts";

declare module "fastify" {
	interface FastifyInstance {
		/** Sends the dashboard's page for a URL that does not exist. */
		sendNotFoundPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
	}
}

export interface PagesOptions {
	config: Pick<Config, "publicUrl">;
	/** The folder of the built dashboard. */
	dashboard: string;
}

/** URLs at which the dashboard has a page. */
const PAGES = ["/", "/pair", "/account", "/invite", "/forgot", "/reset", "/verify", "/setup", "/workspaces/*"];
const INDEX = "index.html";
/** The frame of the API's page. */
const DOCS = "docs.html";
const ICONS = ["/favicon.svg", "/favicon.ico"];

/** Serves the dashboard from memory: one HTML file for all its URLs, and its assets. */
export const pages = fp<PagesOptions>(
	async (app, { config, dashboard }) => {
		const files = await readDashboard(dashboard);
		const index = files.get(INDEX);
		if (index === undefined) throw new Error(`${dashboard} has no ${INDEX}.`);
		const template = files.get(DOCS)?.content.toString() ?? "";

		async function send(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
			const document = files.get(path);
			if (document !== undefined) return sendDocument(request, reply, document);
			reply.callNotFound();
			return reply;
		}

		const schema = { hide: true };
		for (const url of PAGES) {
			app.get(url, { schema }, async (request, reply) => {
				const canonical = canonicalUrl(request, config.publicUrl);
				return canonical === undefined ? send(request, reply, INDEX) : reply.redirect(canonical, 302);
			});
		}
		for (const url of ICONS) {
			app.get(url, { schema }, (request, reply) => send(request, reply, "favicon.svg"));
		}
		// It runs before the page's own, hashed script, so it has to be as new as the page.
		app.get("/theme.js", { schema }, (request, reply) => send(request, reply, "theme.js"));
		app.get<{ Params: { "*": string } }>("/assets/*", { schema }, (request, reply) =>
			send(request, reply, `assets/${request.params["*"]}`),
		);

		let docs: Promise<ConstantDocument> | undefined;
		app.get("/docs", { schema, config: { isLong: true } }, async (request, reply) => {
			docs ??= compressedDocument(fillPage(template, app.openapiDocument()), { type: "text/html; charset=utf-8" });
			return sendDocument(request, reply, await docs);
		});

		app.decorate("sendNotFoundPage", async (request, reply) => {
			const canonical = canonicalUrl(request, config.publicUrl);
			if (canonical !== undefined) return reply.redirect(canonical, 302);
			return reply.code(404).headers(index.headers).send(index.content);
		});
	},
	{ name: "pages", dependencies: ["security", "openapi"] },
);

/**
 * The URL under PUBLIC_URL of a page requested under another name of this machine: cookies and `Origin` checks only
 * know PUBLIC_URL. A proxy in front may use such a name too, but then it has another port.
 */
function canonicalUrl(request: FastifyRequest, publicUrl: string): string | undefined {
	const { hostname, host, protocol } = new URL(publicUrl);
	if (request.host === host || !isLoopbackHost(hostname) || !isLoopbackHost(request.hostname)) return undefined;
	const samePort = portOf(`${protocol}//${request.host}`) === portOf(publicUrl);
	return samePort ? publicUrl + request.url : undefined;
}

function portOf(origin: string): string | undefined {
	const url = URL.parse(origin);
	return url ? url.port || url.protocol : undefined;
}
