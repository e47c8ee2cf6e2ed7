import { execFileSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { findExecutables } from "../../plugin/build/executables.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { startNode, temporaryFolder } from "./helper.ts";

const START = path.join(REPOSITORY, "server/start.js");
/** Makes Node 24 report an older version. */
const SAYS_20 =
	"data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})";

/** A folder with start.js, what it needs, and the given main.ts, without installed packages. */
async function checkout(main: string): Promise<string> {
	const folder = await temporaryFolder();
	await cp(START, path.join(folder, "server", "start.js"));
	for (const name of ["launch.js", "private-files.ts"]) {
		await cp(path.join(REPOSITORY, "server", name), path.join(folder, "server", name));
	}
	await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
	await writeFile(path.join(folder, "server", "main.ts"), main);
	return folder;
}

/** The ones on PATH that are too old, if any. */
async function oldNodes(): Promise<string[]> {
	const all = await findExecutables("node", process.env);
	return all.filter(
		(node) => Number(execFileSync(node, ["--version"], { encoding: "utf8" }).slice(1).split(".")[0]) < 24,
	);
}

describe("npm start", () => {
	test("on a Node that is too old, says in one line which it is, which is needed and what to do", async () => {
		const runs = (await oldNodes()).map((node) => startNode([START], { node }));
		for (const run of [...runs, startNode(["--import", SAYS_20, START])]) {
			const { code, stdout, stderr } = await run.ended;
			expect(code).toBe(1);
			expect(stdout).toBe("");
			expect(stderr.trimEnd().split("\n")).toHaveLength(1);
			expect(stderr).toMatch(/needs Node 24 .* is Node \d+\.\d+\.\d+: run npm ci/);
		}
	});

	test("without installed packages, says in one line which is missing and what to do", async () => {
		const cwd = await checkout('import fastify from "fastify";\nfastify();\n');
		const { code, stderr } = await startNode(["server/start.js"], { cwd }).ended;
		expect(code).toBe(1);
		expect(stderr.trimEnd()).toBe("The package fastify is not installed: run npm ci, then npm start.");
	});

	test("on an older Node, says to run npm ci first if there are no packages at all", async () => {
		const cwd = await checkout("");
		const { code, stderr } = await startNode(["--import", SAYS_20, "server/start.js"], { cwd }).ended;
		expect(code).toBe(1);
		expect(stderr.trimEnd()).toBe(
			"The packages are not installed: run npm ci, which also brings Node 24, then npm start.",
		);
	});

	test("does not hide other errors from loading the server", async () => {
		const cwd = await checkout('import "./not-there.ts";\n');
		const { code, stderr } = await startNode(["server/start.js"], { cwd }).ended;
		expect(code).not.toBe(0);
		expect(stderr).toContain("not-there.ts");
	});

	test("says in one line that it cannot read .env, instead of starting without it", async () => {
		const cwd = await checkout('console.log("started");\n');
		await mkdir(path.join(cwd, ".env"));
		const { code, stdout, stderr } = await startNode(["server/start.js"], { cwd }).ended;
		expect([code, stdout]).toEqual([1, ""]);
		expect(stderr).toMatch(/^Cannot read \.env: .+\n$/);
	});

	test("reads .env, and the environment takes precedence", async () => {
		const cwd = await checkout("console.log(process.env.FROM_FILE, process.env.FROM_BOTH);\n");
		await writeFile(path.join(cwd, ".env"), "FROM_FILE=file\nFROM_BOTH=file\n");
		const env = { ...process.env, FROM_BOTH: "environment" };
		const { code, stdout } = await startNode(["server/start.js"], { cwd, env }).ended;
		expect(code).toBe(0);
		expect(stdout.trim()).toBe("file environment");
	});
});
