import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { packageCli } from "../../plugin/build/package-cli.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { countTests } from "./count-tests.ts";
import { startNode, temporaryFolder } from "./helper.ts";

/** Runs vitest on the given files and counts what it reports. */
async function count(files: Record<string, string>) {
	const folder = await temporaryFolder();
	await mkdir(path.join(folder, "test"));
	await symlink(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"), "junction");
	for (const [name, content] of Object.entries(files)) {
		await writeFile(path.join(folder, "test", `${name}.test.ts`), `import { test, expect } from "vitest";\n${content}`);
	}
	const report = path.join(folder, "report.json");
	const args = [packageCli("vitest"), "run", "--root", folder, "--reporter=json", `--outputFile.json=${report}`];
	const { code } = await startNode(args, { cwd: folder }).ended;
	return await countTests(report, code ?? 1);
}

test("the closing line counts passed, failed and skipped tests, and files that cannot be loaded as failed", async () => {
	const counted = await count({
		passing: 'test("a", () => {}); test("b", () => {});',
		failing: 'test("c", () => expect(1).toBe(2));',
		skipping: 'test.skip("d", () => {});',
		broken: 'throw new Error("not a test");',
	});
	expect(counted).toEqual({ passed: 2, failed: 2, skipped: 1 });
});

test("the closing line counts an error outside any test as a failure", async () => {
	const counted = await count({ stray: 'test("a", () => void Promise.reject(new Error("unawaited")));' });
	expect(counted).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test("the closing line counts a run that reported nothing as a failure", async () => {
	expect(await countTests(path.join(await temporaryFolder(), "none.json"), 0)).toEqual({
		passed: 0,
		failed: 1,
		skipped: 0,
	});
});
