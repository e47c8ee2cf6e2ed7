import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { hashFiles } from "./hash-files.ts";
import { readPin } from "./pins.ts";

export const SOURCE_FOLDERS = ["plugin/src", "plugin/runtime", "shared"];
const PROJECT_FILES = [
	"plugin/tsconfig.json",
	"plugin/client.project.json",
	"plugin/build/promises.ts",
	"plugin/build/runtime.ts",
	"default.project.json",
];
/** Packages that compile the sources or become part of the plugin. */
const PACKAGES = /^node_modules\/(roblox-ts|@roblox-ts\/[^/]+|@rbxts\/[^/]+)(\/node_modules\/.+)?$/;
const DIGITS = 8;

/**
 * Hex. Changes with every input of the built plugin, and with nothing else: the same sources have it on every machine.
 * Reads all sources: a few hundred kilobytes.
 */
export async function digestOfInputs(repository: string): Promise<string> {
	const lock = JSON.parse(await readFile(path.join(repository, "package-lock.json"), "utf8")) as {
		packages: Record<string, { version?: string; integrity?: string }>;
	};
	const packages = Object.entries(lock.packages)
		.filter(([name]) => PACKAGES.test(name))
		.map(([name, { version, integrity }]) => `${name} ${version ?? ""} ${integrity ?? ""}`)
		.sort();
	const rojo = await readPin("rojo", repository);
	return createHash("sha256")
		.update(
			JSON.stringify([await hashFiles(repository, [...SOURCE_FOLDERS, ...PROJECT_FILES]), packages, rojo.version]),
		)
		.digest("hex");
}

/** Such as `0.1.0+1a2b3c4d`: the package's version, and the first digits of `digest`. */
export async function pluginVersion(repository: string, digest: string): Promise<string> {
	const manifest = await readFile(path.join(repository, "package.json"), "utf8");
	const { version } = JSON.parse(manifest) as { version: string };
	return `${version}+${digest.slice(0, DIGITS)}`;
}
