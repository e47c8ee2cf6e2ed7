import { cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { buildPlugin, isPluginFresh, PluginBuildError } from "../../plugin/build/build-plugin.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { moduleCode, startNode, temporaryFolder } from "./helper.ts";

const SCRIPT = "plugin/src/index.server.ts";

/** A checkout with a plugin of two lines, and all else as it is here. */
async function smallCheckout(): Promise<string> {
	const checkout = await temporaryFolder();
	for (const folder of ["plugin/src", "plugin/runtime", "shared"]) {
		await mkdir(path.join(checkout, folder), { recursive: true });
	}
	for (const file of [
		"plugin/tsconfig.json",
		"default.project.json",
		"rokit.toml",
		"package.json",
		"package-lock.json",
	]) {
		await cp(path.join(REPOSITORY, file), path.join(checkout, file));
	}
	await symlink(path.join(REPOSITORY, "node_modules"), path.join(checkout, "node_modules"), "junction");
	await writeFile(path.join(checkout, "shared/word.ts"), 'export const WORD = "shared word";\n');
	await writeFile(path.join(checkout, SCRIPT), 'import { WORD } from "../../shared/word.js";\nprint(WORD);\n');
	await writeFile(path.join(checkout, "plugin/runtime/index.ts"), "export const start = () => print(1);\n");
	return checkout;
}

function recorder() {
	const lines: string[] = [];
	return { lines, line: (text: string) => void lines.push(text), status: () => undefined };
}

describe("building the plugin", () => {
	test("gives one file with the sources and one address, and does nothing while all of that stays as it is", async () => {
		const repository = await smallCheckout();
		const reporter = recorder();

		const file = await buildPlugin({ repository, reporter });
		expect(file).toBe(path.join(repository, "build", "Auxvyn.rbxmx"));
		const content = await readFile(file, "utf8");
		expect(content).toContain("shared word");
		expect(content).toContain("http://localhost:8787");

		const { mtimeMs } = await stat(file);
		reporter.lines.length = 0;
		await buildPlugin({ repository, reporter });
		expect(reporter.lines).toEqual([]);
		expect((await stat(file)).mtimeMs).toBe(mtimeMs);

		await writeFile(file, "somebody else's");
		expect(await isPluginFresh(repository)).toBe(false);
	});

	test("follows every change of a source, and a source that is gone", async () => {
		const repository = await smallCheckout();
		const file = await buildPlugin({ repository, reporter: recorder() });
		const inputs = {
			"shared/word.ts": 'export const WORD = "other word";\n',
			"plugin/src/short-lived.ts": "export const shortLived = 1;\n",
		};
		for (const [name, content] of Object.entries(inputs)) {
			expect(await isPluginFresh(repository)).toBe(true);
			const before = await readFile(path.join(repository, name)).catch(() => undefined);
			await writeFile(path.join(repository, name), content);
			expect(await isPluginFresh(repository)).toBe(false);
			if (before === undefined) await rm(path.join(repository, name));
			else await writeFile(path.join(repository, name), before);
		}
		for (const [name, content] of Object.entries(inputs)) await writeFile(path.join(repository, name), content);
		await buildPlugin({ repository, reporter: recorder() });
		expect(await readFile(file, "utf8")).toContain("other word");
		expect(await readFile(file, "utf8")).toContain("shortLived");

		await rm(path.join(repository, "plugin/src/short-lived.ts"));
		await buildPlugin({ repository, reporter: recorder() });
		expect((await readFile(file, "utf8")).includes("shortLived")).toBe(false);
	});

	test("gives the same bytes every time", async () => {
		const repository = await smallCheckout();
		const first = await readFile(await buildPlugin({ repository, reporter: recorder() }));
		await rm(path.join(repository, "build"), { recursive: true });
		const second = await readFile(await buildPlugin({ repository, reporter: recorder() }));
		expect(second.equals(first)).toBe(true);
	});

	test("refuses sources that do not compile with the compiler's words, and keeps what was built before", async () => {
		const repository = await smallCheckout();
		const file = await buildPlugin({ repository, reporter: recorder() });
		const before = await readFile(file);
		await writeFile(path.join(repository, SCRIPT), "const word: string = 1;\nprint(word);\n");

		const failure = buildPlugin({ repository, reporter: recorder() });
		await expect(failure).rejects.toThrow(PluginBuildError);
		await expect(failure).rejects.toThrow(/not assignable to type 'string'/);
		expect((await readFile(file)).equals(before)).toBe(true);
		expect((await readdir(path.dirname(file))).filter((name) => name.includes("unfinished"))).toEqual([]);
	});

	test("refuses a plugin without the place for the address", async () => {
		const repository = await smallCheckout();
		const project = path.join(repository, "default.project.json");
		await writeFile(project, (await readFile(project, "utf8")).replace('"ServerAddress"', '"Somewhere"'));

		await expect(buildPlugin({ repository, reporter: recorder() })).rejects.toThrow("ServerAddress");
	});

	test("two processes that build at once both end with the whole file", async () => {
		const repository = await smallCheckout();
		const code = `console.log(await it.buildPlugin({ repository: ${JSON.stringify(repository)} }));`;
		const start = () => startNode(moduleCode("plugin/build/build-plugin.ts", code)).ended;

		const outputs = await Promise.all([start(), start()]);
		for (const { code, stdout, stderr } of outputs) {
			expect(code, stderr).toBe(0);
			expect(stdout.trim()).toBe(path.join(repository, "build", "Auxvyn.rbxmx"));
		}
		expect(outputs.filter(({ stderr }) => stderr.includes("plugin: built in"))).toHaveLength(1);
		expect(await isPluginFresh(repository)).toBe(true);
	});
});
