import { readFile } from "node:fs/promises";

import { committedModel, type ModelName } from "../../plugin/build/model-files.ts";
import { bakeAddress, readValue } from "../../plugin/build/model-values.ts";
import { HEADERS } from "../../shared/wire.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { compressedDocument, type ConstantDocument } from "../http/constant-document.ts";

export interface ModelOptions {
	/** The server address for the plugin; never taken from a request. */
	publicUrl: string;
	/** The file in the repository. Default: the one that comes with the server. */
	fileOf?: (model: ModelName) => string;
}

export type Models = Record<ModelName, () => Promise<ConstantDocument>>;

/**
 * Reads the built models, which come with the server. Each is prepared when it is first asked for.
 * @returns functions that reject with ProblemError 503 `plugin_unavailable` if the file is missing or damaged
 */
export async function readModels({ publicUrl, fileOf = committedModel }: ModelOptions): Promise<Models> {
	const [plugin, client] = await Promise.all([read("Auxvyn.rbxmx"), read("Client.rbxmx")]);
	return {
		"Auxvyn.rbxmx": once(() => {
			const version = readValue(plugin, "Version");
			return prepare("Auxvyn.rbxmx", bakeAddress(plugin, publicUrl), { [HEADERS.plugin]: version });
		}),
		"Client.rbxmx": once(() => prepare("Client.rbxmx", client)),
	};

	/** Empty if there is no such file. */
	function read(model: ModelName): Promise<string> {
		return readFile(fileOf(model), "utf8").catch(() => "");
	}
}

function once(make: () => Promise<ConstantDocument>): () => Promise<ConstantDocument> {
	let made: Promise<ConstantDocument> | undefined;
	return () => (made ??= Promise.resolve().then(make).catch(fail));
}

async function prepare(model: ModelName, rbxmx: string, headers: Record<string, string> = {}) {
	if (!rbxmx.startsWith("<roblox")) throw new Error(`${model} is missing or not a model.`);
	return compressedDocument(rbxmx, {
		// Not application/xml, which browsers might display or save with another extension.
		type: "application/octet-stream",
		headers: {
			...headers,
			"Content-Disposition": `attachment; filename="${model}"`,
			"X-Content-Type-Options": "nosniff",
		},
	});
}

function fail(cause: unknown): never {
	throw new ProblemError(
		503,
		"plugin_unavailable",
		"The plugin's file is missing on the server, or damaged. Run git checkout plugin/ in the server's folder, and restart the server.",
		{ cause },
	);
}
