import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { cacheFolder } from "../../plugin/build/cache-folder.ts";
import { executableName, findExecutables, isExecutable } from "../../plugin/build/executables.ts";
import { withLock } from "../../plugin/build/lock.ts";
import { screenReporter } from "../../plugin/build/reporter.ts";
import { runStep } from "../install-by-apt.ts";

/** The newest that Go's module proxy has, on the 30th of November 2026. */
export const HYDRA_VERSION = "2.3.0";
/** Where Go is where it is not on PATH. */
const GO_FOLDERS = ["/usr/local/go/bin", "/opt/homebrew/bin"];

/**
 * `go install` refuses Hydra because its go.mod has replacements. As a dependency it keeps its versions, but not its
 * replacements: of these, the one of pop is needed.
 */
const GO_MOD = `module auxvyn/bench

go 1.22

require github.com/ory/hydra/v2 v${HYDRA_VERSION}

replace github.com/gobuffalo/pop/v6 => github.com/ory/pop/v6 v6.2.1-0.20241121111754-e5dfc0f3344b
`;

/** The path of Ory Hydra, built once for this machine from Go's module proxy. @throws Error saying why it could not */
export async function findHydra(env: NodeJS.ProcessEnv = process.env): Promise<string> {
	const reporter = screenReporter();
	const folder = path.join(cacheFolder(env), "tools", `hydra-${HYDRA_VERSION}`);
	const program = path.join(folder, executableName("hydra"));
	const lock = path.join(path.dirname(folder), `.${path.basename(folder)}.lock`);
	await withLock(lock, build, () => reporter.line("hydra: another process is building it; waiting for it"));
	return program;

	async function build(): Promise<void> {
		if (await isExecutable(program)) return;
		const [go] = await findExecutables("go", env, GO_FOLDERS);
		if (go === undefined) throw new Error("it is built by Go, which is not installed.");
		const unfinished = await mkdtemp(`${folder}-`);
		try {
			await writeFile(path.join(unfinished, "go.mod"), GO_MOD);
			const target = path.join(unfinished, "target");
			await mkdir(target);
			const output = path.join(target, path.basename(program));
			const args = ["build", "-C", unfinished, "-mod=mod", "-trimpath", "-v", "-o", output, "github.com/ory/hydra/v2"];
			await runStep("go build", go, args, { what: "hydra", env, reporter });
			await rename(target, folder);
		} finally {
			await rm(unfinished, { recursive: true, force: true });
		}
	}
}
