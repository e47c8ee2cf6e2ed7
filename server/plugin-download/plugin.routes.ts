import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";

import { bakeAddress } from "../../plugin/build/bake-address.ts";
import { ROUTES } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { type ConstantDocument, constantDocument, sendDocument } from "../http/constant-document.ts";
import type { PluginBuild } from "./background-build.ts";

export interface PluginDownloadOptions {
	/** The server address for the plugin; never taken from a request. */
	publicUrl: string;
	build: PluginBuild;
}

const RETRY_AFTER_SECONDS = 5;
const compress = promisify(brotliCompress);

/** Serves the plugin as built by Rojo, with this server's address set in it. */
export const pluginRoutes: FastifyPluginAsyncTypebox<PluginDownloadOptions> = async (app, { publicUrl, build }) => {
	const schema = {
		tags: ["plugin"],
		summary: "Download the Studio plugin with this server's address",
		description: "503 `plugin_building` while it is being built, 503 `plugin_unavailable` if there is none.",
	};
	/** The file that was read last, and what was made of it. */
	let made: { version: string; document: Promise<ConstantDocument> } | undefined;

	let looking: Promise<string | undefined> | undefined;

	async function currentDocument(): Promise<ConstantDocument> {
		// One look for all who ask meanwhile.
		looking ??= versionOf(build.file).finally(() => (looking = undefined));
		const version = await looking;
		if (version === undefined) throw noPlugin(build);
		if (made?.version !== version) made = { version, document: read() };
		return made.document;
	}

	async function read(): Promise<ConstantDocument> {
		const rbxmx = await readFile(build.file, "utf8").catch(() => undefined);
		if (rbxmx === undefined) throw noPlugin(build);
		const content = Buffer.from(bake(rbxmx, publicUrl));
		return constantDocument(content, {
			brotli: await compress(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
			// Not application/xml, which browsers might display or save with another extension.
			type: "application/octet-stream",
			headers: {
				"Content-Disposition": 'attachment; filename="Auxvyn.rbxmx"',
				"X-Content-Type-Options": "nosniff",
			},
		});
	}

	app.get(ROUTES.plugin, { schema, config: { isLong: true } }, async (request, reply) =>
		sendDocument(request, reply, await currentDocument()),
	);
};

/** Differs after every build; undefined if there is no file. */
async function versionOf(file: string): Promise<string | undefined> {
	const found = await stat(file, { bigint: true }).catch(() => undefined);
	return found && `${found.ino} ${found.size} ${found.mtimeNs}`;
}

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
