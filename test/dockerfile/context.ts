import { cp, readFile } from "node:fs/promises";
import path from "node:path";

import dockerignore from "@balena/dockerignore";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { runProcess } from "../../plugin/build/run-process.ts";

/** Copies what Docker would get of a fresh checkout: the files that git knows, without those in `.dockerignore`. */
export async function copyContext(to: string): Promise<string[]> {
	const files = await contextFiles();
	for (const file of files) await cp(path.join(REPOSITORY, file), path.join(to, file), { recursive: true });
	return files;
}

export async function contextFiles(): Promise<string[]> {
	const ignored = dockerignore.default().add(await readFile(path.join(REPOSITORY, ".dockerignore"), "utf8"));
	const { output } = await runProcess("git", ["ls-files"], { cwd: REPOSITORY });
	return output.split("\n").filter((file) => file !== "" && !ignored.ignores(file));
}
