import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { buildPlugin, commitModels, isPluginFresh, PluginBuildError } from "../../plugin/build/build-plugin.ts";
import { builtModel, committedModel } from "../../plugin/build/model-files.ts";
import { readValue } from "../../plugin/build/model-values.ts";
import { leaveOutPromises } from "../../plugin/build/promises.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { type Finished, runProcess } from "../../plugin/build/run-process.ts";
import { moduleCode, temporaryFolder } from "./helper.ts";

const SCRIPT = "plugin/src/index.server.ts";
const TIMEOUT_MS = 120_000;
const quiet = { line: () => undefined, status: () => undefined };

/** A checkout with a two-line plugin; everything else is as here. */
async function prepareCheckout(checkout: string): Promise<string> {
	for (const folder of ["plugin/src", "plugin/build", "shared"]) {
		await mkdir(path.join(checkout, folder), { recursive: true });
	}
	for (const file of [
		"plugin/tsconfig.json",
		"plugin/client.project.json",
		"plugin/build/promises.ts",
		"plugin/build/runtime.ts",
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
	await cp(path.join(REPOSITORY, "plugin/runtime"), path.join(checkout, "plugin/runtime"), { recursive: true });
	return checkout;
}

let built: string;
let builders: Finished[];

/** By two processes at once: the compiler takes seconds, so that the other tests go on with copies. */
beforeAll(async () => {
	built = await prepareCheckout(await realpath(await mkdtemp(path.join(os.tmpdir(), "auxvyn-checkout-"))));
	const code = `console.log(await it.buildPlugin({ repository: ${JSON.stringify(built)} }));`;
	const start = () => runProcess(process.execPath, moduleCode("plugin/build/build-plugin.ts", code));
	builders = await Promise.all([start(), start()]);
	return () => rm(built, { recursive: true });
}, TIMEOUT_MS);

/** A copy of the built checkout for each test. */
async function builtCheckout(): Promise<string> {
	const checkout = await temporaryFolder();
	await cp(built, checkout, { recursive: true, verbatimSymlinks: true });
	return checkout;
}

async function versionIn(repository: string): Promise<string | undefined> {
	return readValue(await readFile(builtModel("Auxvyn.rbxmx", repository), "utf8"), "Version");
}

describe("building the plugin", { timeout: TIMEOUT_MS }, () => {
	test("yields one file with the sources and one address, and does nothing while they are unchanged", async () => {
		const repository = await builtCheckout();
		const file = path.join(repository, "build", "Auxvyn.rbxmx");
		const content = await readFile(file, "utf8");
		expect(content).toContain("shared word");
		expect(content).toContain("http://localhost:8787");

		expect(content).toContain("The plugin uses no promises");

		const { mtimeMs } = await stat(file);
		const lines: string[] = [];
		const reporter = { line: (text: string) => lines.push(text), status: () => undefined };
		expect(await buildPlugin({ repository, reporter })).toBe(file);
		expect(lines).toEqual([]);
		expect((await stat(file)).mtimeMs).toBe(mtimeMs);

		await writeFile(file, "someone else's");
		expect(await isPluginFresh(repository)).toBe(false);
	});

	test("follows every source change, also by its version, and yields the same bytes for the same sources", async () => {
		const repository = await builtCheckout();
		const word = path.join(repository, "shared/word.ts");
		const passing = path.join(repository, "plugin/src/passing.ts");
		const before = { word: await readFile(word), built: await readFile(builtModel("Auxvyn.rbxmx", repository)) };

		await writeFile(word, 'export const WORD = "other word";\n');
		expect(await isPluginFresh(repository)).toBe(false);
		await writeFile(word, before.word);
		expect(await isPluginFresh(repository)).toBe(true);
		await writeFile(passing, "export const passingSource = 1;\n");
		expect(await isPluginFresh(repository)).toBe(false);
		const first = (await versionIn(repository))?.split("+");
		await buildPlugin({ repository, reporter: quiet });
		expect((await readFile(builtModel("Auxvyn.rbxmx", repository), "utf8")).includes("passingSource")).toBe(true);
		const second = (await versionIn(repository))?.split("+");
		expect(second?.[0]).toBe(first?.[0]);
		expect(second?.[1]).not.toBe(first?.[1]);

		await rm(passing);
		await buildPlugin({ repository, reporter: quiet });
		expect((await readFile(builtModel("Auxvyn.rbxmx", repository))).equals(before.built)).toBe(true);
	});

	test("reports compiler errors, and keeps the previous build", async () => {
		const repository = await builtCheckout();
		const file = builtModel("Auxvyn.rbxmx", repository);
		const before = await readFile(file);
		await writeFile(path.join(repository, SCRIPT), "const word: string = 1;\nprint(word);\n");

		const failure = buildPlugin({ repository, reporter: quiet });
		await expect(failure).rejects.toThrow(PluginBuildError);
		await expect(failure).rejects.toThrow(/not assignable to type 'string'/);
		expect((await readFile(file)).equals(before)).toBe(true);
		expect((await readdir(path.dirname(file))).filter((name) => name.includes("unfinished"))).toEqual([]);
	});

	test.each(["TS.async(function()", "TS.await(answer)", "TS.Promise.new(run)"])(
		"reports a plugin with %s",
		async (code) => {
			const repository = await temporaryFolder();
			const compiled = path.join(repository, "build/luau/plugin/src");
			await mkdir(compiled, { recursive: true });
			await writeFile(path.join(compiled, "thread.luau"), "task.spawn(run) -- not TS.asynchronous\n");
			await mkdir(path.join(repository, "build/include"));
			expect(await leaveOutPromises(repository)).toBeUndefined();
			await writeFile(path.join(compiled, "late.luau"), `local late = ${code}\n`);
			expect(await leaveOutPromises(repository)).toBe("plugin/src/late.luau");
		},
	);

	test("gives the plugin the package's version and a digest of its inputs, whatever else is installed", async () => {
		const repository = await builtCheckout();
		const first = await versionIn(repository);
		const { version } = JSON.parse(await readFile(path.join(repository, "package.json"), "utf8")) as {
			version: string;
		};
		expect(first).toMatch(new RegExp(`^${version.replaceAll(".", "\\.")}\\+[0-9a-f]{8}$`));

		const lock = path.join(repository, "package-lock.json");
		const locked = await readFile(lock, "utf8");
		await writeFile(lock, locked.replace(/("node_modules\/vitest": \{\s+"version": ")/, "$19"));
		expect(await readFile(lock, "utf8")).not.toBe(locked);
		expect(await isPluginFresh(repository)).toBe(true);
		await writeFile(lock, locked.replace(/("node_modules\/@rbxts\/vide": \{\s+"version": ")/, "$19"));
		expect(await isPluginFresh(repository)).toBe(false);
		await writeFile(lock, locked);
	});

	test("puts into the repository what has changed", async () => {
		const repository = await builtCheckout();
		expect(await commitModels(repository)).toEqual(["Auxvyn.rbxmx", "Client.rbxmx"]);
		expect(await commitModels(repository)).toEqual([]);
		const committed = await readFile(committedModel("Auxvyn.rbxmx", repository));
		expect(committed.equals(await readFile(builtModel("Auxvyn.rbxmx", repository)))).toBe(true);
		// They lie beside the sources, but are none.
		expect(await isPluginFresh(repository)).toBe(true);
	});

	test("rejects a plugin without a ServerAddress", async () => {
		const repository = await builtCheckout();
		const project = path.join(repository, "default.project.json");
		await writeFile(project, (await readFile(project, "utf8")).replace('"ServerAddress"', '"Somewhere"'));

		await expect(buildPlugin({ repository, reporter: quiet })).rejects.toThrow("ServerAddress");
	});

	test("two processes that build at once both get the complete file", async () => {
		for (const { code, output } of builders) {
			expect(code, output).toBe(0);
			expect(output.split("\n")).toContain(path.join(built, "build", "Auxvyn.rbxmx"));
		}
		expect(builders.filter(({ output }) => output.includes("plugin: built in"))).toHaveLength(1);
		expect(await isPluginFresh(built)).toBe(true);
	});
});
