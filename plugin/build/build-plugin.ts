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

/** Everything the built plugin depends on. */
const INPUTS = [
	"plugin/src",
	"plugin/runtime",
	"plugin/tsconfig.json",
	"shared",
	"default.project.json",
	"package-lock.json",
	"rokit.toml",
];

/** The built-in address, until `bakeAddress` replaces it. */
export const BUILT_IN_ADDRESS = "http://localhost:8787";

export function pluginFile(repository: string = REPOSITORY): string {
	return path.join(repository, "build", "Auxvyn.rbxmx");
}

/** Whether the built plugin is up to date. Reads all sources: a few hundred kilobytes. */
export async function isPluginFresh(repository: string = REPOSITORY): Promise<boolean> {
	const [stamp, expected] = await Promise.all([readStamp(repository), freshStamp(repository)]);
	return stamp !== undefined && stamp === expected;
}

/**
 * Builds `build/Auxvyn.rbxmx` if it is missing or stale, and returns its path. Safe with concurrent readers and builders:
 * the file is replaced atomically. Throws PluginBuildError with the diagnostics, or ToolMissingError.
 */
export async function buildPlugin(options: BuildPluginOptions = {}): Promise<string> {
	const { repository = REPOSITORY, env = process.env, reporter = screenReporter() } = options;
	const output = pluginFile(repository);
	if (await isPluginFresh(repository)) return output;
	const rojo = await findTool("rojo", { repository, env, reporter });
	const onWait = () => reporter.line("plugin: another process is building it; waiting for it");
	await withLock(path.join(path.dirname(output), ".plugin.lock"), buildIfStale, onWait);
	return output;

	async function buildIfStale(): Promise<void> {
		if (await isPluginFresh(repository)) return;
		const startedAt = performance.now();
		reporter.line("plugin: building");
		const inputs = await hashFiles(repository, INPUTS);
		await compile(repository, env);
		await writeRuntime(repository);
		await assemble(rojo, output, repository, env);
		await writeFile(stampFile(repository), `${inputs} ${await digestOf(output)}\n`);
		reporter.line(`plugin: built in ${elapsed(startedAt)}`);
	}
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
}

async function assemble(rojo: string, output: string, repository: string, env: NodeJS.ProcessEnv): Promise<void> {
	await mkdir(path.dirname(output), { recursive: true });
	const temporary = path.join(path.dirname(output), `.unfinished-${process.pid}.rbxmx`);
	try {
		const args = ["build", "default.project.json", "--output", temporary];
		await step("rojo failed to build the plugin", rojo, args, { cwd: repository, env });
		bakeAddress(await readFile(temporary, "utf8"), BUILT_IN_ADDRESS);
		await rename(temporary, output);
	} finally {
		await rm(temporary, { force: true });
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

/** Digests of inputs and output: a build that was interrupted between its two writes must not count as fresh. */
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
