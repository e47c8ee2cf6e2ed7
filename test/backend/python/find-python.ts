import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";

import { cacheFolder } from "../../../plugin/build/cache-folder.ts";
import { findExecutables } from "../../../plugin/build/executables.ts";
import { withLock } from "../../../plugin/build/lock.ts";
import { type Reporter, screenReporter } from "../../../plugin/build/reporter.ts";
import { REPOSITORY } from "../../../plugin/build/repository.ts";
import { runProcess } from "../../../plugin/build/run-process.ts";

/** What docs/backends/python.md needs. */
const NEEDED = [3, 11] as const;
const NAMES = ["python3", "python"];
export const PYTHON_FOLDER = path.join(REPOSITORY, "test/backend/python");

export interface FindOptions {
	reporter?: Reporter;
	env?: NodeJS.ProcessEnv;
}

/**
 * The path of a Python with the packages in `requirements.txt`: in an environment of its own, in the cache folder. Throws
 * saying what to do.
 */
export async function findPython({
	env = process.env,
	reporter = screenReporter(),
}: FindOptions = {}): Promise<string> {
	const found = await Promise.all(NAMES.map((name) => findExecutables(name, env)));
	const [python] = found.flat();
	if (python === undefined) throw missing("there is none on this machine");
	const print = "import sys; print('.'.join(map(str, sys.version_info[:3])))";
	const { output: version } = await runProcess(python, ["-c", print], { env });
	const [major = 0, minor = 0] = version.trim().split(".").map(Number);
	if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) throw missing(`this is ${version.trim()}`);

	const requirements = path.join(PYTHON_FOLDER, "requirements.txt");
	const hash = createHash("sha256")
		.update(await readFile(requirements))
		.update(`${python} ${version}`);
	const folder = path.join(cacheFolder(env), "python", hash.digest("hex").slice(0, 16));
	const ready = path.join(folder, "ready");
	const inside = path.join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
	const wait = () => reporter.line("python: waiting for another process that installs packages");
	await withLock(
		`${folder}.lock`,
		async () => {
			if (existsSync(ready)) return;
			await rm(folder, { recursive: true, force: true });
			reporter.line("python: installing packages for the tests of backends");
			const steps: [string, string[]][] = [
				[python, ["-m", "venv", folder]],
				[inside, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]],
			];
			for (const [program, args] of steps) {
				const { code, output } = await runProcess(program, args, { env });
				if (code !== 0) throw missing(`its packages could not be installed: ${output.trim().split("\n").at(-1) ?? ""}`);
			}
			// Last, so that an interrupted installation begins anew.
			await mkdir(ready);
		},
		wait,
	);
	return inside;
}

function missing(why: string): Error {
	return new Error(
		`The tests of backends in Python need Python ${NEEDED.join(".")} or newer, with venv and pip: ${why}. Install it (on Debian \`apt-get install python3-venv\`), and run this again.`,
	);
}
