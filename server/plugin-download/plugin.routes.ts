import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";

import { bakeAddress } from "../../plugin/build/bake-address.ts";
import { ROUTES } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import type { PluginBuild } from "./background-build.ts";

export interface PluginDownloadOptions {
	/** The address that the plugin will speak to; never one taken from a request. */
	publicUrl: string;
	build: PluginBuild;
}

const RETRY_AFTER_SECONDS = 5;

/** Serves the plugin as rojo built it, with this server's address set in it. */
export const pluginRoutes: FastifyPluginAsyncTypebox<PluginDownloadOptions> = async (app, { publicUrl, build }) => {
	const schema = {
		tags: ["plugin"],
		summary: "The Studio plugin, set to this server's address",
		description: "503 with `plugin_building` while it is being built, with `plugin_unavailable` where it cannot be.",
	};
	app.get(ROUTES.plugin, { schema }, async (request, reply) => {
		const rbxmx = await readFile(build.file, "utf8").catch(() => undefined);
		if (rbxmx === undefined) throw notThere(build);
		const content = Buffer.from(bake(rbxmx, publicUrl));
		const etag = `"${createHash("sha256").update(content).digest("base64url")}"`;
		reply.headers({ etag, "cache-control": "no-cache" });
		if (matches(request.headers["if-none-match"], etag)) return reply.code(304).send();
		return reply
			.headers({
				// Not application/xml: browsers would show it, or give the file another ending.
				"content-type": "application/octet-stream",
				"content-disposition": 'attachment; filename="Auxvyn.rbxmx"',
				"x-content-type-options": "nosniff",
			})
			.send(content);
	});
};

function notThere(build: PluginBuild): ProblemError {
	const state = build.state();
	if (state.status === "building") {
		return new ProblemError(
			503,
			"plugin_building",
			`The plugin is being built (${state.detail}). Try again in a few seconds.`,
			{ headers: { "Retry-After": String(RETRY_AFTER_SECONDS) } },
		);
	}
	const why = state.status === "ready" ? "its file is gone" : state.detail;
	return unavailable(`There is no plugin to download: ${why}. Run npm run build:plugin beside the server.`);
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
