import { readFile } from "node:fs/promises";
import path from "node:path";

import { loadConfig } from "../../server/config.ts";
import { builtModel } from "./model-files.ts";
import { bakeAddress } from "./model-values.ts";
import { REPOSITORY } from "./repository.ts";
import { installPlugin, removeBinaryCopy, StudioMissingError, studioPluginsFolder } from "./studio-folder.ts";

/** Installs the built plugin into Studio, for the server that the environment or `.env` describes. */
export async function installForServer(say: (text: string) => void): Promise<void> {
	const { publicUrl } = loadConfig(environment());
	const folder = studioPluginsFolder(process.env, process.platform);
	const file = builtModel("Auxvyn.rbxmx");
	if (folder === undefined) {
		throw new StudioMissingError(
			`There is no Roblox Studio on ${process.platform}, so nothing was installed. Copy ${file} to a computer with ` +
				`Studio, or download the plugin from your server there. To install it anyway, set ROBLOX_PLUGINS_DIR.`,
		);
	}
	const installed = await installPlugin(bakeAddress(await readFile(file, "utf8"), publicUrl), folder);
	if (await removeBinaryCopy(folder)) say(`Removed ${path.join(folder, "Auxvyn.rbxm")}: Studio would load both.`);
	say(`Installed ${installed} for ${publicUrl}. If Studio is open, it loads the plugin at once.`);
}

/** The environment as the server would see it: `.env` fills in what is missing. */
function environment(): NodeJS.ProcessEnv {
	try {
		process.loadEnvFile(path.join(REPOSITORY, ".env"));
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
	}
	return process.env;
}
