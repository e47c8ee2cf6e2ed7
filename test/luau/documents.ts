import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { REPOSITORY } from "../../plugin/build/repository.ts";

export interface Example {
	/** The document, and the line of its first line, such as `README.md:70`. */
	at: string;
	code: string;
}

/** The blocks of Luau in README.md, SECURITY.md and `docs/`. */
export async function luauExamples(): Promise<Example[]> {
	const documents = (await readdir(path.join(REPOSITORY, "docs"))).filter((name) => name.endsWith(".md"));
	const files = ["README.md", "SECURITY.md", ...documents.map((name) => `docs/${name}`)];
	const examples = await Promise.all(
		files.map(async (file) => examplesIn(file, await readFile(path.join(REPOSITORY, file), "utf8"))),
	);
	return examples.flat();
}

function examplesIn(file: string, text: string): Example[] {
	return [...text.matchAll(/^```(?:lua|luau)\n([\s\S]*?)^```$/gm)].map((block) => ({
		at: `${file}:${text.slice(0, block.index).split("\n").length + 1}`,
		code: block[1] ?? "",
	}));
}
