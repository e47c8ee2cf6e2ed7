import path from "node:path";

import { cacheFolder } from "./cache-folder.ts";
import { installWithCargo } from "./cargo.ts";
import { executableName, findExecutables, versionOf } from "./executables.ts";
import { withLock } from "./lock.ts";
import { buildName, type Pin, readPin, type ReleasedPin, type ToolName } from "./pins.ts";
import { lineReporter, type Reporter, screenReporter } from "./reporter.ts";
import { REPOSITORY } from "./repository.ts";
import { installWithRokit, rokitRoot, rokitStored } from "./rokit.ts";
import { type Attempt, ToolMissingError } from "./tool-missing-error.ts";

export interface FindToolOptions {
	/** Receives progress, line by line. */
	log?: (line: string) => void;
	/** Receives progress if `log` is absent; the terminal by default. */
	reporter?: Reporter;
	env?: NodeJS.ProcessEnv;
	/** The folder that holds `rokit.toml`. */
	repository?: string;
}

interface Search {
	pin: Pin;
	env: NodeJS.ProcessEnv;
	repository: string;
	reporter: Reporter;
	attempts: Attempt[];
}

/**
 * The absolute path of a tool in exactly the pinned version: from PATH, our cache, rokit, or built by cargo into the
 * cache. A tool whose source is here is only in the cache. Throws ToolMissingError, which lists everything that was tried.
 */
export async function findTool(name: ToolName, options: FindToolOptions = {}): Promise<string> {
	const repository = options.repository ?? REPOSITORY;
	const search: Search = {
		pin: await readPin(name, repository),
		env: options.env ?? process.env,
		repository,
		reporter: options.log ? lineReporter(options.log) : (options.reporter ?? screenReporter()),
		attempts: [],
	};
	const { pin } = search;
	const onPath = "author" in pin ? await searchPath({ ...search, pin }) : undefined;
	return onPath ?? (await inCache(search)) ?? (await install(search));
}

async function searchPath(search: Search & { pin: ReleasedPin }): Promise<string | undefined> {
	const { pin, env, repository, attempts } = search;
	const seen: string[] = [];
	for (const file of await findExecutables(pin.name, env)) {
		const version = await versionOf(file, repository, env);
		const isShim = path.dirname(file) === path.join(rokitRoot(env), "bin");
		if (version === pin.version) return isShim ? await behindShim(file) : file;
		seen.push(`${file} ${version === undefined ? "does not report a version" : `is ${version}`}`);
	}
	attempts.push({ way: "PATH", why: seen.length === 0 ? `no ${pin.name} found` : seen.join("; ") });
	return undefined;

	async function behindShim(shim: string): Promise<string> {
		const stored = rokitStored(pin, env);
		return (await versionOf(stored, repository, env)) === pin.version ? stored : shim;
	}
}

async function inCache({ pin, env, repository, attempts }: Search): Promise<string | undefined> {
	const file = cachedFile(pin, env);
	const version = await versionOf(file, repository, env);
	if (version === pin.version) return file;
	attempts.push({
		way: "cache",
		why: `${file} ${version === undefined ? "is missing or does not run" : `is ${version}`}`,
	});
	return undefined;
}

async function install(search: Search): Promise<string> {
	const { pin, env, reporter, attempts } = search;
	const folder = cachedFolder(pin, env);
	const lock = path.join(path.dirname(folder), `.${path.basename(folder)}.lock`);
	const onWait = () => reporter.line(`${pin.name} ${pin.version}: another process is building it; waiting for it`);
	const ways = { ...("author" in pin && { rokit: () => withRokit(pin) }), "cargo install": withCargo };
	try {
		return await withLock(lock, firstThatWorks, onWait);
	} catch (error) {
		if (error instanceof ToolMissingError) throw error;
		attempts.push({ way: "cache", why: `${messageOf(error)}; set AUXVYN_CACHE to use another folder` });
		throw new ToolMissingError(pin, attempts, cachedFile(pin, env));
	}

	async function firstThatWorks(): Promise<string> {
		const alreadyBuilt = await inCache({ ...search, attempts: [] });
		if (alreadyBuilt !== undefined) return alreadyBuilt;
		for (const [way, attempt] of Object.entries(ways)) {
			try {
				return await attempt();
			} catch (error) {
				attempts.push({ way, why: messageOf(error) });
			}
		}
		throw new ToolMissingError(pin, attempts, cachedFile(pin, env));
	}

	function withRokit(pin: ReleasedPin): Promise<string> {
		const onLine = (line: string) => reporter.status(`${pin.name} ${pin.version}: rokit: ${line.trim()}`);
		return installWithRokit(pin, search.repository, env, onLine);
	}

	function withCargo(): Promise<string> {
		return installWithCargo(pin, folder, env, reporter);
	}
}

function cachedFolder(pin: Pin, env: NodeJS.ProcessEnv): string {
	return path.join(cacheFolder(env), "tools", buildName(pin));
}

function cachedFile(pin: Pin, env: NodeJS.ProcessEnv): string {
	return path.join(cachedFolder(pin, env), "bin", executableName(pin.name));
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
