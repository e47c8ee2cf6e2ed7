import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { withLock } from "./lock.ts";
import { builtModel, committedModel, type ModelName, MODELS } from "./model-files.ts";
import { bakeAddress, setValue } from "./model-values.ts";
import { packageCli } from "./package-cli.ts";
import { digestOfInputs, pluginVersion } from "./plugin-version.ts";
import { leaveOutPromises } from "./promises.ts";
import { elapsed, type Reporter, screenReporter } from "./reporter.ts";
import { REPOSITORY } from "./repository.ts";
import { runProcess } from "./run-process.ts";
import { writeRuntime } from "./runtime.ts";
import { findTool } from "./tools.ts";

export interface BuildPluginOptions {
	repository?: string;
	reporter?: Reporter;
	env?: NodeJS.ProcessEnv;
}

/** The compiler or rojo failed. The message contains their output. */
export class PluginBuildError extends Error {
	override readonly name = "PluginBuildError";
	readonly code = "plugin_build_failed";
}

/** The built-in address, until `bakeAddress` replaces it. */
const BUILT_IN_ADDRESS = "http://localhost:8787";

/** Whether the models are built and up to date. */
export async function isPluginFresh(repository: string = REPOSITORY): Promise<boolean> {
	const [stamp, expected] = await Promise.all([readStamp(repository), freshStamp(repository)]);
	return stamp !== undefined && stamp === expected;
}

/**
 * Builds the models in `build/` if they are missing or stale, and returns the plugin's path. Safe with concurrent readers
 * and builders: the files are replaced atomically. Throws PluginBuildError with the diagnostics, or ToolMissingError.
 */
export async function buildPlugin(options: BuildPluginOptions = {}): Promise<string> {
	const { repository = REPOSITORY, env = process.env, reporter = screenReporter() } = options;
	const output = builtModel("Auxvyn.rbxmx", repository);
	if (await isPluginFresh(repository)) return output;
	const rojo = await findTool("rojo", { repository, env, reporter });
	const onWait = () => reporter.line("plugin: another process is building it; waiting for it");
	await withLock(path.join(path.dirname(output), ".plugin.lock"), buildIfStale, onWait);
	return output;

	async function buildIfStale(): Promise<void> {
		if (await isPluginFresh(repository)) return;
		const startedAt = performance.now();
		reporter.line("plugin: building");
		const inputs = await digestOfInputs(repository);
		await compile(repository, env);
		await writeRuntime(repository);
		const build = (project: string) => assemble(rojo, project, repository, env);
		const version = await pluginVersion(repository, inputs);
		const plugin = bakeAddress(await build("default.project.json"), BUILT_IN_ADDRESS);
		await replaceFile(output, setValue(plugin, "Version", version));
		await replaceFile(builtModel("Client.rbxmx", repository), await build("plugin/client.project.json"));
		await writeFile(stampFile(repository), `${inputs} ${version} ${await digestOfModels(repository)}\n`);
		reporter.line(`plugin: built in ${elapsed(startedAt)}`);
	}
}

/** Puts the built models into the repository. Returns those that changed. */
export async function commitModels(repository: string = REPOSITORY): Promise<ModelName[]> {
	const changed: ModelName[] = [];
	for (const model of MODELS) {
		const built = await readFile(builtModel(model, repository), "utf8");
		const file = committedModel(model, repository);
		if ((await readFile(file, "utf8").catch(() => undefined)) === built) continue;
		await replaceFile(file, built);
		changed.push(model);
	}
	return changed;
}

async function compile(repository: string, env: NodeJS.ProcessEnv): Promise<void> {
	// Otherwise deleted sources would stay in the build.
	for (const folder of ["luau", "include"]) {
		await rm(path.join(repository, "build", folder), { recursive: true, force: true });
	}
	const compiler = packageCli("roblox-ts", "rbxtsc");
	await step(
		"The plugin failed to compile",
		process.execPath,
		[compiler, "-p", "plugin", "--type", "model", "--luau"],
		{
			cwd: repository,
			env,
		},
	);
	const user = await leaveOutPromises(repository);
	if (user !== undefined) {
		throw new PluginBuildError(`${user} uses a promise, but the plugin is built without Promise.lua: use task.spawn`);
	}
}

/** Builds a rojo project into a model, and returns that. */
async function assemble(rojo: string, project: string, repository: string, env: NodeJS.ProcessEnv): Promise<string> {
	const temporary = path.join(repository, "build", `.unfinished-${process.pid}.rbxmx`);
	try {
		await step("rojo failed to build the plugin", rojo, ["build", project, "--output", temporary], {
			cwd: repository,
			env,
		});
		return await readFile(temporary, "utf8");
	} finally {
		await rm(temporary, { force: true });
	}
}

async function replaceFile(file: string, content: string): Promise<void> {
	const temporary = `${file}.${process.pid}.unfinished`;
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(temporary, content);
	await rename(temporary, file);
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
	return `${builtModel("Auxvyn.rbxmx", repository)}.inputs`;
}

async function readStamp(repository: string): Promise<string | undefined> {
	return (await readFile(stampFile(repository), "utf8").catch(() => undefined))?.trim();
}

/** Digests of inputs and output: a build that was interrupted between its writes must not count as fresh. */
async function freshStamp(repository: string): Promise<string | undefined> {
	try {
		const inputs = await digestOfInputs(repository);
		return `${inputs} ${await pluginVersion(repository, inputs)} ${await digestOfModels(repository)}`;
	} catch {
		return undefined;
	}
}

async function digestOfModels(repository: string): Promise<string> {
	const hash = createHash("sha256");
	for (const model of MODELS) hash.update(await readFile(builtModel(model, repository)));
	return hash.digest("hex");
}
