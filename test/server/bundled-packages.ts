import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { REPOSITORY } from "../../plugin/build/repository.ts";

export const BUNDLES = path.join(REPOSITORY, "build", "test-packages");
export const LOADER = "loader.mjs";

/** Node's arguments for a server that loads some of its packages from a few files instead of 1,300. */
export function bundledPackages(): string[] {
	const loader = path.join(bundleFolder(), LOADER);
	return existsSync(loader) ? [`--import=${pathToFileURL(loader).href}`] : [];
}

let folder: string | undefined;

/** Each state of the packages has its own. */
export function bundleFolder(): string {
	folder ??= path.join(BUNDLES, digest());
	return folder;
}

function digest(): string {
	const inputs = [path.join(REPOSITORY, "package-lock.json"), path.join(import.meta.dirname, "bundle-packages.ts")];
	const hash = createHash("sha256");
	for (const file of inputs) hash.update(readFileSync(file));
	return hash.digest("hex").slice(0, 16);
}
