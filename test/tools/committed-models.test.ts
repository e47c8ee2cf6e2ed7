import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { buildPlugin } from "../../plugin/build/build-plugin.ts";
import { builtModel, committedModel, MODELS } from "../../plugin/build/model-files.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";

const TIMEOUT_MS = 120_000;

test.each(MODELS)(
	"plugin/%s is what the sources build",
	async (model) => {
		await buildPlugin();
		const built = await readFile(builtModel(model));
		const committed = await readFile(committedModel(model)).catch(() => undefined);
		// Not by `toEqual`, which would print both.
		const isSame = committed?.equals(built) ?? false;
		expect(isSame, `plugin/${model} is stale: run npm run build:plugin, and commit it with the sources`).toBe(true);
	},
	TIMEOUT_MS,
);

test("git keeps the models as they are, and never merges them", () => {
	const attributes = execFileSync("git", ["check-attr", "text", "merge", "--", "plugin/Auxvyn.rbxmx"], {
		cwd: REPOSITORY,
		encoding: "utf8",
	});
	expect(attributes).toContain("text: unset");
	expect(attributes).toContain("merge: unset");
});
