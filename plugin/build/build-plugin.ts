import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { bakeAddress } from "./bake-address.ts";
import { hashFiles } from "./hash-files.ts";
import { withLock } from "./lock.ts";
import { packageCli } from "./package-cli.ts";
import { elapsed, type Reporter, screenReporter } from "./reporter.ts";
import { REPOSITORY } from "./repository.ts";
import { runProcess } from "./run-process.ts";
import { findTool } from "./tools.ts";

export interface BuildPluginOptions {
	repository?: string;
	reporter?: Reporter;
	env?: NodeJS.ProcessEnv;
}

/** The compiler or rojo refused the sources. The message holds what they said. */
export class PluginBuildError extends Error {
	override readonly name = "PluginBuildError";
	readonly code = "plugin_build_failed";
}

/** Everything that the built plugin is made of. */
const INPUTS = [
	"plugin/src",
	"plugin/runtime",
	"plugin/tsconfig.json",
	"shared",
	"default.project.json",
	"package-lock.json",
	"rokit.toml",
];

/** The address that is built in, until `bakeAddress` puts another in its place. */
export const BUILT_IN_ADDRESS = "http://localhost:8787";

export function pluginFile(repository: string = REPOSITORY): string {
	return path.join(repository, "build", "Auxvyn.rbxmx");
}

/** Whether the built plugin is what the sources give; reads them all, a few hundred kilobytes. */
export async function isPluginFresh(repository: string = REPOSITORY): Promise<boolean> {
	const [stamp, wanted] = await Promise.all([readStamp(repository), freshStamp(repository)]);
	return stamp !== undefined && stamp === wanted;
}

/**
 * Builds `build/Auxvyn.rbxmx` where it is missing or stale and gives its path. Readers and other builders at work are
 * safe: the file changes in one step. Throws a PluginBuildError with the diagnostics, or a ToolMissingError.
 */
export async function buildPlugin(options: BuildPluginOptions = {}): Promise<string> {
	const { repository = REPOSITORY, env = process.env, reporter = screenReporter() } = options;
	const output = pluginFile(repository);
	if (await isPluginFresh(repository)) return output;
	const rojo = await findTool("rojo", { repository, env, reporter });
	const onWait = () => reporter.line("plugin: another process is building it; waiting for that");
	await withLock(path.join(path.dirname(output), ".plugin.lock"), buildWhereStale, onWait);
	return output;

	async function buildWhereStale(): Promise<void> {
		if (await isPluginFresh(repository)) return;
		const startedAt = performance.now();
		reporter.line("plugin: building it");
		const inputs = await hashFiles(repository, INPUTS);
		await compile(repository, env);
		await assemble(rojo, output, repository, env);
		await writeFile(stampFile(repository), `${inputs} ${await digestOf(output)}\n`);
		reporter.line(`plugin: built in ${elapsed(startedAt)}`);
	}
}

async function compile(repository: string, env: NodeJS.ProcessEnv): Promise<void> {
	// Without this a removed source would live on in the build.
	for (const folder of ["luau", "include"]) {
		await rm(path.join(repository, "build", folder), { recursive: true, force: true });
	}
	const compiler = packageCli("roblox-ts", "rbxtsc");
	await step("The plugin does not compile", process.execPath, [compiler, "-p", "plugin", "--type", "model", "--luau"], {
		cwd: repository,
		env,
	});
}

async function assemble(rojo: string, output: string, repository: string, env: NodeJS.ProcessEnv): Promise<void> {
	await mkdir(path.dirname(output), { recursive: true });
	const unfinished = path.join(path.dirname(output), `.unfinished-${process.pid}.rbxmx`);
	try {
		const args = ["build", "default.project.json", "--output", unfinished];
		await step("rojo cannot build the plugin", rojo, args, { cwd: repository, env });
		bakeAddress(await readFile(unfinished, "utf8"), BUILT_IN_ADDRESS);
		await rename(unfinished, output);
	} finally {
		await rm(unfinished, { force: true });
	}
}

async function step(
	failure: string,
	command: string,
	args: string[],
	options: { cwd: string; env: NodeJS.ProcessEnv },
) {
	const { code, signal, output } = await runProcess(command, args, options);
	if (code !== 0) throw new PluginBuildError(`${failure} (${signal ?? `exit code ${code}`}):\n${output.trim()}`);
}

function stampFile(repository: string): string {
	return `${pluginFile(repository)}.inputs`;
}

async function readStamp(repository: string): Promise<string | undefined> {
	return (await readFile(stampFile(repository), "utf8").catch(() => undefined))?.trim();
}

/** Both digests: a build that was ended between its two writes must not pass for another one. */
async function freshStamp(repository: string): Promise<string | undefined> {
	try {
		return `${await hashFiles(repository, INPUTS)} ${await digestOf(pluginFile(repository))}`;
	} catch {
		return undefined;
	}
}

async function digestOf(file: string): Promise<string> {
	return createHash("sha256")
		.update(await readFile(file))
		.digest("hex");
}
