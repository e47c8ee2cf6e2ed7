import { readFile } from "node:fs/promises";
import path from "node:path";

import { REPOSITORY } from "../../plugin/build/repository.ts";

/** The blocks of code in a page of `docs/backends/`, in this language. */
export async function codeIn(page: string, language: string): Promise<string[]> {
	const text = await readFile(path.join(REPOSITORY, "docs/backends", page), "utf8");
	const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
	return blocks.filter(([, each]) => each === language).map(([, , code = ""]) => code);
}
