import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

const REPOSITORY = path.join(import.meta.dirname, "..", "..");
const LINK = /\[([^\]]+)\]\((test\/[^)]+)\)/g;

test("every promise in SECURITY.md names a test that exists", () => {
	const text = readFileSync(path.join(REPOSITORY, "SECURITY.md"), "utf8");
	const promises = [...text.matchAll(LINK)];
	expect(promises.length).toBeGreaterThan(25);
	for (const [, title = "", file = ""] of promises) {
		expect(existsSync(path.join(REPOSITORY, file)), file).toBe(true);
		const tests = readFileSync(path.join(REPOSITORY, file), "utf8").replaceAll(/\(\s*["`](%s[,:]? )?/g, '("');
		// Some end with a seed.
		expect(tests.includes(`("${title}"`) || tests.includes(`("${title} (`), `${file}: ${title}`).toBe(true);
	}
});

test("every file that docs/asvs.md names as evidence exists", () => {
	const docs = path.join(REPOSITORY, "docs");
	const text = readFileSync(path.join(docs, "asvs.md"), "utf8");
	const links = [...text.matchAll(/\]\((\.\.\/[^)#]+)/g)].map(([, file = ""]) => file);
	expect(links.length).toBeGreaterThan(50);
	expect(links.filter((file) => !existsSync(path.join(docs, file)))).toEqual([]);
});
