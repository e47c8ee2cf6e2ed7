import path from "node:path";
import { parseArgs } from "node:util";

import { ConfigError } from "../../server/config-error.ts";
import { buildPlugin, commitModels, PluginBuildError } from "./build-plugin.ts";
import { installForServer } from "./install.ts";
import { REPOSITORY } from "./repository.ts";
import { StudioMissingError } from "./studio-folder.ts";
import { ToolMissingError } from "./tool-missing-error.ts";
import { onChange } from "./watch.ts";

const USAGE =
	"npm run build:plugin builds plugin/Auxvyn.rbxmx and plugin/Client.rbxmx; with -- --install it also copies the plugin to " +
	"Studio's plugin folder, with -- --watch it does so again after every change";

async function main(args: string[]): Promise<void> {
	const { install, watch } = readArguments(args);
	await build(install);
	if (!watch) return;
	say("Waiting for changes; Ctrl+C ends this.");
	await onChange(REPOSITORY, () => build(install).catch(report));
}

async function build(install: boolean): Promise<void> {
	await buildPlugin();
	const changed = await commitModels();
	const files = (models: string[]) => models.map((model) => path.join("plugin", model)).join(" and ");
	say(changed.length > 0 ? `Wrote ${files(changed)}: commit with the sources.` : "The models are up to date.");
	if (install) await installForServer(say);
}

function readArguments(args: string[]): { install: boolean; watch: boolean } {
	try {
		const options = {
			install: { type: "boolean", default: false },
			watch: { type: "boolean", default: false },
		} as const;
		return parseArgs({ args, options }).values;
	} catch (error) {
		throw new UsageError(`${error instanceof Error ? error.message : String(error)} ${USAGE}.`);
	}
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

function report(error: unknown): void {
	const kinds = [UsageError, ConfigError, ToolMissingError, PluginBuildError, StudioMissingError];
	const expected = kinds.some((kind) => error instanceof kind);
	console.error(expected && error instanceof Error ? error.message : error);
}

class UsageError extends Error {}

try {
	await main(process.argv.slice(2));
} catch (error) {
	report(error);
	process.exitCode = 1;
}
