import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { packageCli } from "../../../plugin/build/package-cli.ts";
import { REPOSITORY } from "../../../plugin/build/repository.ts";

/** The rules of this repository. */
const NEEDED = ["oxlint.rules.js", "plugin/lint", "server/lint"];
const FOLDERS = ["backend", "plugin", "server", "shared", "test"];
const CONFIG = "import type { Config } from ";

/** Faults, by the file that has them; each with the rules that have to find it. */
const FAULTS: [file: string, code: string, rules: string[]][] = [
	["test/sorted.ts", 'import "node:path";\nimport b from "b";\nimport a from "a";\nvoid [a, b];\n', ["imports"]],
	["test/exports.ts", 'export { b, a } from "a";\n', ["exports"]],
	["test/later.js", "// TODO: later\nvoid 0;\n", ["no-warning-comments"]],
	["test/equal.js", "export const isNone = (x) => x == 1;\n", ["eqeqeq"]],
	["test/unexplained.ts", "// oxlint-disable-next-line no-var\nvar a = 1;\nvoid a;\n", ["explained-disable"]],
	["test/unused.ts", "const a = 1;\nconst _b = 2;\nexport {};\n", ["no-unused-vars"]],
	["test/any.tsx", "export const a = (b: any) => b;\n", ["no-explicit-any"]],
	["test/sqlite.ts", 'import "better-sqlite3";\n', []],
	["server/keys/sqlite.ts", 'import "better-sqlite3";\nvoid import("better-sqlite3");\n', ["one-engine", "one-engine"]],
	["server/storage/sqlite/open.ts", 'import "better-sqlite3";\n', []],
	["server/http/up.ts", 'import "../keys/index.ts";\n', ["folder-order"]],
	["server/http/up.js", 'import "../keys/index.ts";\n', ["folder-order"]],
	["server/dashboard/app.tsx", `${CONFIG}"../config.ts";\nexport type A = Config;\n`, ["browser-imports"]],
	["server/dashboard/build.ts", `${CONFIG}"../config.ts";\nexport type A = Config;\n`, []],
	["server/keys/keys.schema.ts", 'import "node:fs";\n', ["browser-imports"]],
	["server/http/wire-schema.ts", 'import "node:fs";\n', ["browser-imports"]],
	["backend/wide.ts", 'import "../server/ids.ts";\nimport "undici";\n', ["backend-imports", "backend-imports"]],
	["backend/narrow.ts", 'import "node:http";\nimport "../shared/ids.ts";\nimport "./ids.ts";\n', []],
	["shared/wide.ts", 'import "../server/ids.ts";\n', ["only-itself"]],
	["shared/package.ts", 'export * from "solid-js";\n', ["only-itself"]],
	["shared/narrow.ts", 'import "./ids.ts";\n', []],
	["shared/luau.ts", "for (const a in {}) void a;\n", ["no-for-in"]],
	["plugin/src/sqlite.ts", "var a: any = 1;\n", []],
];

interface Report {
	diagnostics: { code: string; filename: string }[];
}

let folder = "";
let found: Report["diagnostics"] = [];

/** Once for all of them, with the real Oxlint. Only the rules that need types are left out. */
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "auxvyn-lint-"));
	for (const name of NEEDED) await cp(path.join(REPOSITORY, name), path.join(folder, name), { recursive: true });
	await symlink(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"), "junction");
	const config = await readFile(path.join(REPOSITORY, ".oxlintrc.json"), "utf8");
	await writeFile(path.join(folder, ".oxlintrc.json"), config.replace('"typeAware": true', '"typeAware": false'));
	await writeFile(path.join(folder, "package.json"), '{ "type": "module" }\n');
	for (const [file, code] of FAULTS) {
		await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
		await writeFile(path.join(folder, file), code);
	}
	const args = [packageCli("oxlint"), "--format=json", ...FOLDERS];
	const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
	expect(stderr).toBe("");
	found = (JSON.parse(stdout) as Report).diagnostics;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("Oxlint, as it is configured", () => {
	it.each(FAULTS)("in %s, where it is %j, reports %j", (file, _code, rules) => {
		const here = found.filter(({ filename }) => filename.replaceAll("\\", "/") === file);
		expect(here.map(({ code }) => /\(([^)]+)\)$/.exec(code)?.[1]).sort()).toEqual(rules);
	});
});
