import { access, rm } from "node:fs/promises";
import path from "node:path";

import { cacheFolder } from "../../plugin/build/cache-folder.ts";
import { findExecutables } from "../../plugin/build/executables.ts";
import { screenReporter } from "../../plugin/build/reporter.ts";
import { runStep } from "../install-by-apt.ts";

const VERSION = "4.32.5";

/** The path of Schemathesis, installed from PyPI into a folder of its own in the cache. @throws Error saying what to do */
export async function findSchemathesis(env: NodeJS.ProcessEnv = process.env): Promise<string> {
	const folder = path.join(cacheFolder(env), "tools", `schemathesis-${VERSION}`);
	const bin = path.join(folder, process.platform === "win32" ? "Scripts" : "bin");
	const program = path.join(bin, "schemathesis");
	const isThere = await access(program).then(
		() => true,
		() => false,
	);
	if (isThere) return program;
	const [python] = [...(await findExecutables("python3", env)), ...(await findExecutables("python", env))];
	if (python === undefined) throw new Error("Schemathesis needs Python 3.10 or newer: install it, and run this again.");
	const options = { what: "Schemathesis", env, reporter: screenReporter() };
	try {
		await runStep("python -m venv", python, ["-m", "venv", folder], options);
		await runStep(
			"pip install",
			path.join(bin, "python"),
			["-m", "pip", "install", `schemathesis==${VERSION}`],
			options,
		);
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw new Error(`${(error as Error).message}\nOn Debian, \`apt-get install python3-venv\` may be missing.`, {
			cause: error,
		});
	}
	return program;
}
