import path from "node:path";

import { findExecutables } from "../../../plugin/build/executables.ts";
import { type Reporter, screenReporter } from "../../../plugin/build/reporter.ts";
import { REPOSITORY } from "../../../plugin/build/repository.ts";
import { runProcess } from "../../../plugin/build/run-process.ts";

/** What the modules in go.mod need. */
const NEEDED = [1, 24] as const;
/** Where it is where it is not on PATH. */
const FOLDERS = ["/usr/local/go/bin", "/opt/homebrew/bin"];
export const GO_MODULE = path.join(REPOSITORY, "test/backend/go");

export interface FindOptions {
	reporter?: Reporter;
	env?: NodeJS.ProcessEnv;
	/** Where to look after PATH. */
	folders?: string[];
}

/** The path of Go on this machine, which has the modules of the tests. Throws saying what to do. */
export async function findGo({ env = process.env, folders = FOLDERS, ...rest }: FindOptions = {}): Promise<string> {
	const [go] = await findExecutables("go", env, folders);
	if (go === undefined) throw missing("there is none on this machine");
	const { output: version } = await runProcess(go, ["env", "GOVERSION"], { cwd: GO_MODULE, env });
	const [major = 0, minor = 0] = /^go(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [];
	if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) throw missing(`this is ${version.trim()}`);
	const { reporter = screenReporter() } = rest;
	reporter.status("go: looking for its modules");
	const { code, output } = await runProcess(go, ["mod", "download"], { cwd: GO_MODULE, env });
	if (code !== 0) throw missing(`its modules could not be downloaded: ${output.trim().split("\n").at(-1) ?? ""}`);
	return go;
}

function missing(why: string): Error {
	return new Error(
		`The tests of backends in Go need Go ${NEEDED.join(".")} or newer: ${why}. Install it (https://go.dev/dl), and run this again.`,
	);
}
