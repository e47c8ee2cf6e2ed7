import { readFile } from "node:fs/promises";
import path from "node:path";

import { REPOSITORY } from "../../plugin/build/repository.ts";

/** What a document has under a heading, up to the next one of any level. */
export async function sectionOf(document: string, heading: string): Promise<string> {
	const text = await readFile(path.join(REPOSITORY, document), "utf8");
	const start = text.indexOf(`\n${heading}\n`);
	if (start === -1) throw new Error(`${document} has no “${heading}”.`);
	const body = text.slice(start + heading.length + 2);
	// Blocks of commands have comments, which look like headings.
	const end = body.replaceAll(/^ *```[\s\S]*?^ *```$/gm, (block) => " ".repeat(block.length)).search(/^#+ /m);
	return end === -1 ? body : body.slice(0, end);
}

/** The blocks of commands in a text, in order, as they would be pasted. */
export function commandsIn(text: string): string[] {
	return [...text.matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)].map(([, indent = "", block = ""]) =>
		block.replaceAll(new RegExp(`^${indent}`, "gm"), "").trim(),
	);
}

/** How many steps a text numbers: `1. **Start it**`, or `**1. Get it**`. */
export function stepsIn(text: string): number {
	return [...text.matchAll(/^(?:\*\*\d+\.|\d+\. \*\*)/gm)].length;
}
