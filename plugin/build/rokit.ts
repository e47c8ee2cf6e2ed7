import path from "node:path";

import { home } from "./cache-folder.ts";
import { executableName, findExecutables, versionOf } from "./executables.ts";
import type { ReleasedPin } from "./pins.ts";
import { runProcess } from "./run-process.ts";

export function rokitRoot(env: NodeJS.ProcessEnv): string {
	return env.ROKIT_ROOT ?? path.join(home(env), ".rokit");
}

/** Where rokit keeps the real programs; its shims on PATH work only inside the repository. */
export function rokitStored(pin: ReleasedPin, env: NodeJS.ProcessEnv): string {
	return path.join(rokitRoot(env), "tool-storage", pin.author, pin.name, pin.version, executableName(pin.name));
}

/** Runs `rokit install`. Throws with the reason if that does not give the pinned version. */
export async function installWithRokit(
	pin: ReleasedPin,
	repository: string,
	env: NodeJS.ProcessEnv,
	onLine: (line: string) => void,
): Promise<string> {
	const [rokit] = await findExecutables("rokit", env, [path.join(rokitRoot(env), "bin")]);
	if (rokit === undefined) throw new Error("rokit is not installed");
	// Without a terminal rokit cannot ask whether to trust the tools, which the repository specifies.
	const { code, output } = await runProcess(rokit, ["install", "--no-trust-check"], { cwd: repository, env, onLine });
	if (code !== 0) throw new Error(`rokit install failed:\n${output.trim().split("\n").slice(-6).join("\n")}`);
	const shims = await findExecutables(pin.name, env, [path.join(rokitRoot(env), "bin")]);
	for (const file of [rokitStored(pin, env), ...shims]) {
		if ((await versionOf(file, repository, env)) === pin.version) return file;
	}
	throw new Error(`rokit install succeeded, but there is no ${pin.name} ${pin.version}`);
}
