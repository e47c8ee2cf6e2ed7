import { readFile } from "node:fs/promises";
import path from "node:path";

import { loadConfig } from "../../server/config.ts";
import { ConfigError } from "../../server/config-error.ts";
import { bakeAddress } from "./bake-address.ts";
import { buildPlugin, PluginBuildError } from "./build-plugin.ts";
import { REPOSITORY } from "./repository.ts";
import { installPlugin, removeBinaryCopy, studioPluginsFolder } from "./studio-folder.ts";
import { ToolMissingError } from "./tool-missing-error.ts";

const USAGE =
	"npm run build:plugin builds build/Auxvyn.rbxmx; with -- --install it also copies it to Studio's plugin folder";

async function main(args: string[]): Promise<void> {
	const unknown = args.find((argument) => argument !== "--install");
	if (unknown !== undefined) throw new UsageError(`Unknown argument ${unknown}. ${USAGE}.`);
	const file = await buildPlugin();
	if (args.includes("--install")) await install(file);
	else say(`${path.relative(process.cwd(), file)} is ready.`);
}

async function install(file: string): Promise<void> {
	const { publicUrl } = loadConfig(environment());
	const folder = studioPluginsFolder(process.env, process.platform);
	if (folder === undefined) {
		throw new UsageError(
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

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

class UsageError extends Error {}

try {
	await main(process.argv.slice(2));
} catch (error) {
	const expected = [UsageError, ConfigError, ToolMissingError, PluginBuildError].some((kind) => error instanceof kind);
	console.error(expected && error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
