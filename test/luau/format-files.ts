import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { formatLuau, FORMATTED_FILES } from "./format.ts";

/** `npm run format:luau`: formats the runtime and the sample game. Prints the files that changed. */
for (const file of FORMATTED_FILES) {
	const source = readFileSync(path.join(REPOSITORY, file), "utf8");
	const formatted = formatLuau(source);
	if (formatted === source) continue;
	writeFileSync(path.join(REPOSITORY, file), formatted);
	process.stdout.write(`${file}\n`);
}
