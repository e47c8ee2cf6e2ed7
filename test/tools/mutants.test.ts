import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { mutate } from "../mutants/mutant.ts";
import { mutants } from "../mutants/mutants.ts";

test.each(mutants.map((mutant) => [mutant.file, mutant.original.replaceAll(/\s+/g, " "), mutant] as const))(
	"the fault in %s still applies: %s",
	(file, _original, mutant) => {
		const source = readFileSync(path.join(REPOSITORY, file), "utf8");
		expect(mutate(source, mutant)).not.toBe(source);
		for (const name of mutant.tests) expect(existsSync(path.join(REPOSITORY, "test", name)), name).toBe(true);
	},
);
