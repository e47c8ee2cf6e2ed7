import { access, constants } from "node:fs/promises";
import path from "node:path";

import { runProcess } from "./run-process.ts";

const VERSION_TIMEOUT_MS = 15_000;

/** The platform's file name of a program. Not `.cmd`: Node cannot run it without a shell. */
export function executableName(name: string): string {
	return process.platform === "win32" ? `${name}.exe` : name;
}

/** Every program called `name` in PATH and then in `more`, without duplicates. */
export async function findExecutables(name: string, env: NodeJS.ProcessEnv, more: string[] = []): Promise<string[]> {
	const folders = [...pathOf(env).split(path.delimiter), ...more].filter((folder) => path.isAbsolute(folder));
	const found: string[] = [];
	for (const file of new Set(folders.map((folder) => path.join(folder, executableName(name))))) {
		if (await isExecutable(file)) found.push(file);
	}
	return found;
}

export async function isExecutable(file: string): Promise<boolean> {
	try {
		await access(file, process.platform === "win32" ? constants.F_OK : constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * The version that `file --version` reports, or undefined. `cwd` matters: shims of version managers pick a version by
 * folder.
 */
export async function versionOf(file: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
	try {
		const { code, output } = await runProcess(file, ["--version"], { cwd, env, timeoutMs: VERSION_TIMEOUT_MS });
		return code === 0 ? /\b\d+\.\d+\.\d+[\w.+-]*/.exec(output)?.[0] : undefined;
	} catch {
		return undefined;
	}
}

/** On Windows it is `Path`, and a copy of `process.env` is case-sensitive. */
export function pathOf(env: NodeJS.ProcessEnv): string {
	const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH");
	return (name && env[name]) ?? "";
}
