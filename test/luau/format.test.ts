import { readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { formatLuau, FORMATTED_FILES } from "./format.ts";

test.each(FORMATTED_FILES)("%s is formatted as StyLua does", (file) => {
	const source = readFileSync(path.join(REPOSITORY, file), "utf8");
	expect(formatLuau(source), "run npm run format:luau").toBe(source);
});
