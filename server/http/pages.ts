import { readFile } from "node:fs/promises";
import { join } from "node:path";

import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import { type Config, isLoopbackHost } from "../config.ts";

declare module "fastify" {
	interface FastifyInstance {
		/** Sends the dashboard's page for a URL that does not exist. */
		sendNotFoundPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
	}
}

export interface PagesOptions {
	config: Pick<Config, "publicUrl">;
	/** The folder of the built dashboard. Requests wait until it is ready. */
	dashboard: Promise<string>;
}

/** URLs at which the dashboard has a page. */
const PAGES = ["/", "/pair", "/account", "/invite", "/forgot", "/reset", "/verify", "/setup", "/workspaces/*"];
const INDEX = "index.html";
const ICONS = ["/favicon.svg", "/favicon.ico"];
const ASSET_MAX_AGE_MS = 365 * 24 * 60 * 60 * 1000;

/** Serves the dashboard: one HTML file for all its URLs, and its assets. */
export const pages = fp<PagesOptions>(
	async (app, { config, dashboard }) => {
		// Waiting requests see the failure; this only prevents an unhandled rejection before the first one arrives.
		dashboard.catch((error: unknown) => app.log.error({ err: error }, "the dashboard could not be built"));
		// Encapsulated, so that `sendFile` does not reach other plugins.
		await app.register(async (scope) => serve(scope, config.publicUrl, dashboard));
		app.decorate("sendNotFoundPage", async (request, reply) => {
			const canonical = canonicalUrl(request, config.publicUrl);
			if (canonical !== undefined) return reply.redirect(canonical, 302);
			const page = await dashboard.then((folder) => readFile(join(folder, INDEX))).catch(() => undefined);
			if (page === undefined) return notBuilt(reply);
			return reply.code(404).header("Cache-Control", "no-cache").type("text/html; charset=utf-8").send(page);
		});
	},
	{ name: "pages", dependencies: ["security"] },
);

async function serve(app: FastifyInstance, publicUrl: string, dashboard: Promise<string>): Promise<void> {
	await app.register(fastifyStatic, { serve: false, preCompressed: true, index: false, dotfiles: "deny" });

	const send = async (
		reply: FastifyReply,
		file: string,
		caching: { immutable?: true; maxAge?: number; cacheControl?: false },
	) => {
		let folder: string;
		try {
			folder = await dashboard;
		} catch {
			return notBuilt(reply);
		}
		return reply.sendFile(file, folder, caching);
	};

	const schema = { hide: true };
	for (const url of PAGES) {
		app.get(url, { schema }, async (request, reply) => {
			const canonical = canonicalUrl(request, publicUrl);
			if (canonical !== undefined) return reply.redirect(canonical, 302);
			reply.header("Cache-Control", "no-cache");
			return send(reply, INDEX, { cacheControl: false });
		});
	}
	for (const url of ICONS) {
		app.get(url, { schema }, (_request, reply) => send(reply, "favicon.svg", { maxAge: 0 }));
	}
	// It runs before the page's own, hashed script, so it has to be as new as the page.
	app.get("/theme.js", { schema }, (_request, reply) => {
		void reply.header("Cache-Control", "no-cache");
		return send(reply, "theme.js", { cacheControl: false });
	});
	app.get<{ Params: { "*": string } }>("/assets/*", { schema }, (request, reply) =>
		send(reply, `assets/${request.params["*"]}`, { immutable: true, maxAge: ASSET_MAX_AGE_MS }),
	);
}

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

function notBuilt(reply: FastifyReply): FastifyReply {
	return reply
		.code(503)
		.header("Cache-Control", "no-store")
		.type("text/plain; charset=utf-8")
		.send(
			"The dashboard could not be built, so there is no page to show. Games and Studio are served as usual.\n" +
				"The server's log has the reason. Fix it, then restart the server.\n",
		);
}
