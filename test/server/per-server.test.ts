import { readFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { PER_SERVER } from "./per-server.ts";

it.each(Object.entries(PER_SERVER))(
	"what is listed of %s as a test of one server alone exists",
	async (file, tests) => {
		const text = await readFile(new URL(`${file}.test.ts`, import.meta.url), "utf8");
		for (const beginning of Object.keys(tests)) {
			for (const title of beginning.split(" > "))
				expect(text).toMatch(new RegExp(`(describe|it|test)[^"\n]*\\(\\s*"${title}`));
		}
	},
);
