import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

const REPOSITORY = path.join(import.meta.dirname, "..", "..");
const LINK = /(?:\]\(|(?:src|srcset)=")(?!https?:|mailto:)([^)"\s]*)/g;

function documents(): string[] {
	const below = (folder: string) => readdirSync(path.join(REPOSITORY, folder)).map((name) => path.join(folder, name));
	return [...below("."), ...below("docs"), ...below("docs/backends"), "test/studio/README.md"].filter((file) =>
		file.endsWith(".md"),
	);
}

/** As GitHub makes them. */
function anchorsOf(text: string): string[] {
	const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase());
	return headings.map((heading) => heading.replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-"));
}

test.each(documents())("every link in %s leads to a file and a heading that exist", (file) => {
	const text = readFileSync(path.join(REPOSITORY, file), "utf8");
	for (const [, link = ""] of text.matchAll(LINK)) {
		const [target = "", anchor] = link.split("#");
		const linked = target === "" ? file : path.join(path.dirname(file), target);
		expect(existsSync(path.join(REPOSITORY, linked)), link).toBe(true);
		if (anchor === undefined || !linked.endsWith(".md")) continue;
		expect(anchorsOf(readFileSync(path.join(REPOSITORY, linked), "utf8")), link).toContain(anchor);
	}
});
