import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { packageCli } from "../../plugin/build/package-cli.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { runProcess } from "../../plugin/build/run-process.ts";
import { packBackend } from "../../release/backend-package.ts";
import { type BackendProcess, startBackend } from "./backend-process.ts";
import { CORRECT, WRONG } from "./consumer.ts";
import { codeIn } from "./page-code.ts";
import { describeRules } from "./rules.ts";
import { startWorld, type World } from "./world.ts";

const EXAMPLES = ["fastify", "express", "http"] as const;
/** What a backend has installed besides. The compiler finds their own packages from where they really are. */
const PACKAGES = ["fastify", "express", "@types", "@fastify", "undici-types"];

let folder = "";
let world: World;
const backends: Record<string, BackendProcess> = {};

/** A user's folder, with the package and the examples of the page in it. */
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "auxvyn-backend-"));
	const archive = await packBackend(path.join(folder, "packed"));
	await writeFile(path.join(folder, "package.json"), '{ "name": "my-api", "type": "module" }');
	const installed = await npm("install", "--offline", "--no-audit", "--no-fund", archive);
	expect(installed.code, installed.output).toBe(0);
	for (const each of PACKAGES)
		await symlink(path.join(REPOSITORY, "node_modules", each), path.join(folder, "node_modules", each), "junction");
	const blocks = await codeIn("node.md", "js");
	expect(blocks).toHaveLength(EXAMPLES.length);
	world = await startWorld();
	for (const [index, name] of EXAMPLES.entries()) {
		await writeFile(path.join(folder, `${name}.js`), blocks[index] ?? "");
		backends[name] = await startBackend([process.execPath, `${name}.js`], { cwd: folder, env: world.env });
	}
});

afterAll(async () => {
	for (const backend of Object.values(backends)) await backend.stop();
	await world.close();
	await rm(folder, { recursive: true, force: true });
});

describe("the package for backends", () => {
	it("fits strict TypeScript with Fastify and Express, and without either; wrong uses do not compile", async () => {
		const correct = await compile(CORRECT);
		expect(correct.output).toBe("");
		const wrong = await compile({ "wrong.ts": [...WRONG.head, ...WRONG.lines].join("\n") });
		const found = [...wrong.output.matchAll(/wrong\.ts\((\d+),/g)].map(([, line]) => Number(line));
		expect([...new Set(found)]).toEqual(WRONG.lines.map((_, index) => WRONG.head.length + index + 1));
	});

	it("can be required, and imports nothing but Node", async () => {
		const script =
			'const { createAuthenticator, requireApiKey } = require("auxvyn/backend"); console.log(typeof createAuthenticator, typeof requireApiKey);';
		const { output } = await runProcess(process.execPath, ["--input-type=commonjs", "--eval", script], { cwd: folder });
		expect(output.trim()).toBe("function function");
		const files = await readdir(path.join(folder, "node_modules/auxvyn/dist"), {
			recursive: true,
			withFileTypes: true,
		});
		const sources = files
			.filter(({ name }) => name.endsWith(".js"))
			.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), "utf8"));
		const imported = sources.flatMap((text) => [...text.matchAll(/from "([^."][^"]*)"/g)].map(([, from = ""]) => from));
		expect([...new Set(imported)].sort()).toEqual(["node:crypto", "node:http", "node:https"]);
	});

	it("does not start with settings that are missing, and says which", async () => {
		const env = { PATH: process.env["PATH"], PORT: "1" };
		const { code, output } = await runProcess(process.execPath, ["express.js"], { cwd: folder, env });
		expect(code).toBe(1);
		expect(output).toContain("TypeError: server has to be the origin of the Auxvyn server");
	});
});

describeRules("a Node backend with the package", () => ({ world, backends }));

async function compile(files: Record<string, string>) {
	for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
	const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];
	const settings = ["--module", "nodenext", "--target", "es2023", "--types", "node", "--ignoreConfig"];
	const cli = packageCli("native-typescript", "tsc");
	return runProcess(process.execPath, [cli, ...options, ...settings, ...Object.keys(files)], { cwd: folder });
}

function npm(...args: string[]) {
	const cli = process.env["npm_execpath"];
	const [program, first] = cli === undefined ? ["npm", []] : [process.execPath, [cli]];
	return runProcess(program, [...first, ...args], { cwd: folder });
}
