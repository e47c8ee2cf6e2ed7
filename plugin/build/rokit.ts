import path from "node:path";

import { home } from "./cache-folder.ts";
import { executableName, findExecutables, versionOf } from "./executables.ts";
import type { Pin } from "./pins.ts";
import { runProcess } from "./run-process.ts";

export function rokitRoot(env: NodeJS.ProcessEnv): string {
	return env.ROKIT_ROOT ?? path.join(home(env), ".rokit");
}

/** rokit keeps the real programs here; the shims it puts on PATH work only inside the repository. */
export function rokitStored(pin: Pin, env: NodeJS.ProcessEnv): string {
	return path.join(rokitRoot(env), "tool-storage", pin.author, pin.name, pin.version, executableName(pin.name));
}

/** Has rokit install what `rokit.toml` pins. Throws saying why where that gives no tool of the pinned version. */
export async function installWithRokit(
	pin: Pin,
	repository: string,
	env: NodeJS.ProcessEnv,
	onLine: (line: string) => void,
): Promise<string> {
	const [rokit] = await findExecutables("rokit", env, [path.join(rokitRoot(env), "bin")]);
	if (rokit === undefined) throw new Error("rokit is not installed");
	// Without a terminal rokit cannot ask whether we trust the tools; the repository names them.
	const { code, output } = await runProcess(rokit, ["install", "--no-trust-check"], { cwd: repository, env, onLine });
	if (code !== 0) throw new Error(`rokit install failed:\n${output.trim().split("\n").slice(-6).join("\n")}`);
	const shims = await findExecutables(pin.name, env, [path.join(rokitRoot(env), "bin")]);
	for (const file of [rokitStored(pin, env), ...shims]) {
		if ((await versionOf(file, repository, env)) === pin.version) return file;
	}
	throw new Error(`rokit install ran, but gave no ${pin.name} ${pin.version}`);
}
