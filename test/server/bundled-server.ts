import { createHash } from "node:crypto";
import { existsSync, globSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { bundledPackages } from "./bundled-packages.ts";

export const SERVER_BUNDLES = path.join(REPOSITORY, "build", "test-server");
export const SERVER_LOADER = "loader.mjs";

/**
 * Node's arguments for a server or command that loads its own code from 50 files instead of 450, and its packages from
 * few: loading them is most of what a start costs. None for code that has changed since the run began, and none in what
 * `test/server/processes/start.test.ts` and others run: that is all as `npm start` loads it.
 */
export function bundledServer(): string[] {
	// Benchmarks measure the code as it is.
	const loader = path.join(serverBundle(), SERVER_LOADER);
	const isBundled = process.env["VITEST"] !== undefined && existsSync(loader);
	return [...bundledPackages(), ...(isBundled ? [`--import=${pathToFileURL(loader).href}`] : [])];
}

/** Each state of the sources has its own folder. */
export function serverBundle(): string {
	const inputs = globSync(["server/**/*.ts", "shared/**/*.ts", "test/server/bundle*-server.ts"], { cwd: REPOSITORY });
	const hash = createHash("sha256");
	for (const file of inputs.sort()) {
		const { size, mtimeMs } = statSync(path.join(REPOSITORY, file));
		hash.update(`${file} ${size} ${mtimeMs}\n`);
	}
	return path.join(SERVER_BUNDLES, hash.digest("hex").slice(0, 16));
}
