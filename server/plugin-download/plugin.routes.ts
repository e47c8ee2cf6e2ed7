import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";

import { bakeAddress } from "../../plugin/build/bake-address.ts";
import { ROUTES } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { PluginBuild } from "./background-build.ts";

export interface PluginDownloadOptions {
	/** The server address for the plugin; never taken from a request. */
	publicUrl: string;
	build: PluginBuild;
}

const RETRY_AFTER_SECONDS = 5;

/** Serves the plugin as built by Rojo, with this server's address set in it. */
export const pluginRoutes: FastifyPluginAsyncTypebox<PluginDownloadOptions> = async (app, { publicUrl, build }) => {
	const schema = {
		tags: ["plugin"],
		summary: "Download the Studio plugin with this server's address",
		description: "503 `plugin_building` while it is being built, 503 `plugin_unavailable` if there is none.",
	};
	app.get(ROUTES.plugin, { schema }, async (request, reply) => {
		const rbxmx = await readFile(build.file, "utf8").catch(() => undefined);
		if (rbxmx === undefined) throw noPlugin(build);
		const content = Buffer.from(bake(rbxmx, publicUrl));
		const etag = `"${createHash("sha256").update(content).digest("base64url")}"`;
		reply.headers({ etag, "cache-control": "no-cache" });
		if (matches(request.headers["if-none-match"], etag)) return reply.code(304).send();
		return reply
			.headers({
				// Not application/xml, which browsers might display or save with another extension.
				"content-type": "application/octet-stream",
				"content-disposition": 'attachment; filename="Auxvyn.rbxmx"',
				"x-content-type-options": "nosniff",
			})
			.send(content);
	});
};

function noPlugin(build: PluginBuild): ProblemError {
	const state = build.state();
	if (state.status === "building") {
		return new ProblemError(
			503,
			"plugin_building",
			`The plugin is being built (${state.detail}). Try again in a few seconds.`,
			{ headers: { "Retry-After": String(RETRY_AFTER_SECONDS) } },
		);
	}
	const why = state.status === "ready" ? "its file is missing" : state.detail;
	return unavailable(`There is no plugin to download: ${why}. Run npm run build:plugin on the server.`);
}

function bake(rbxmx: string, publicUrl: string): string {
	try {
		return bakeAddress(rbxmx, publicUrl);
	} catch (cause) {
		throw unavailable("The built plugin is damaged. Delete build/Auxvyn.rbxmx and run npm run build:plugin.", cause);
	}
}

function unavailable(detail: string, cause?: unknown): ProblemError {
	return new ProblemError(503, "plugin_unavailable", detail, cause === undefined ? {} : { cause });
}

function matches(header: string | undefined, etag: string): boolean {
	if (header === undefined) return false;
	return header.split(",").some((each) => ["*", etag, `W/${etag}`].includes(each.trim()));
}
