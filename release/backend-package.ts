import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { npmPack } from "../plugin/build/npm-pack.ts";
import { packageCli } from "../plugin/build/package-cli.ts";
import { REPOSITORY } from "../plugin/build/repository.ts";
import { runProcess } from "../plugin/build/run-process.ts";

const ENTRIES = { "./backend": "index", "./backend/fastify": "fastify", "./backend/express": "express" };
const DESCRIPTION = "Lets your Fastify, Express or other Node backend check the API keys of Roblox games.";

/**
 * Packs `backend/` as JavaScript and types, because Node runs no TypeScript in `node_modules`. Publishes nothing.
 * @returns the path of the archive, in `folder`, which is emptied
 */
export async function packBackend(folder: string): Promise<string> {
	const source = path.join(folder, "npm");
	await rm(folder, { recursive: true, force: true });
	await mkdir(source, { recursive: true });
	await compile(path.join(source, "dist"));
	await cp(path.join(REPOSITORY, "LICENSE"), path.join(source, "LICENSE"));
	await cp(path.join(REPOSITORY, "docs/backends/node.md"), path.join(source, "README.md"));
	await writeFile(path.join(source, "package.json"), `${JSON.stringify(await manifest(), undefined, 2)}\n`);
	return npmPack(source, folder);
}

async function compile(outDir: string): Promise<void> {
	const typeScript = packageCli("native-typescript", "tsc");
	const options = ["--noEmit", "false", "--declaration", "--rootDir", REPOSITORY, "--outDir", outDir];
	const project = path.join(REPOSITORY, "backend/tsconfig.json");
	const { code, output } = await runProcess(process.execPath, [typeScript, "-p", project, ...options]);
	if (code !== 0) throw new Error(`backend/ does not compile:\n${output.trim()}`);
}

async function manifest(): Promise<object> {
	const text = await readFile(path.join(REPOSITORY, "package.json"), "utf8");
	const { name, version, license } = JSON.parse(text) as Record<"name" | "version" | "license", string>;
	const exports = Object.entries(ENTRIES).map(([entry, file]) => {
		const target = `./dist/backend/${file}`;
		return [entry, { types: `${target}.d.ts`, default: `${target}.js` }];
	});
	return {
		name,
		version,
		description: DESCRIPTION,
		license,
		keywords: ["roblox", "auxvyn", "api-key", "fastify", "express"],
		type: "module",
		engines: { node: ">=20" },
		exports: Object.fromEntries(exports) as object,
		files: ["dist"],
		peerDependencies: { express: ">=4", fastify: ">=5" },
		peerDependenciesMeta: { express: { optional: true }, fastify: { optional: true } },
		sideEffects: false,
	};
}
