import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";

/** A digest of the names and contents of files and folders below `root`. */
export async function hashFiles(root: string, inputs: string[]): Promise<string> {
	const hash = createHash("sha256");
	for (const input of inputs) {
		for (const file of await filesUnder(path.join(root, input))) {
			const content = await readFile(file);
			const name = path.relative(root, file).replaceAll(path.sep, "/");
			hash.update(`${name}\0${content.length}\0`).update(content);
		}
	}
	return hash.digest("hex");
}

async function filesUnder(target: string): Promise<string[]> {
	const found = await stat(target).catch(() => undefined);
	if (found === undefined) return [];
	if (!found.isDirectory()) return [target];
	const entries = await readdir(target, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}
