import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { extract } from "tar";
import { afterAll, beforeAll, expect, test } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { runProcess } from "../../plugin/build/run-process.ts";
import { packRelease, type Release } from "../../release/pack.ts";

const NAME = `auxvyn-${manifest.version}`;
let folder: string;
let release: Release;
let unpacked: string;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "auxvyn-release-"));
	// As an interrupted run leaves it.
	await writeFile(path.join(folder, `${NAME}.tar.gz.part`), "half");
	release = await packRelease({ folder, uncommitted: true });
	await extract({ file: release.archive, cwd: folder });
	unpacked = path.join(folder, NAME);
	await symlink(path.join(REPOSITORY, "node_modules"), path.join(unpacked, "node_modules"), "junction");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const runThere = (...args: string[]) => runProcess(process.execPath, args, { cwd: unpacked });

test("a release has its dashboard built: nothing is built at its start", async () => {
	const { code, output } = await runThere("server/build.js");
	expect(output).toContain(path.join(unpacked, "build", "dashboard"));
	expect(output).not.toContain("Building");
	expect(code).toBe(0);
});

test("a release has what git knows of the checkout, and no settings, data or packages", async () => {
	expect(await readFile(path.join(unpacked, "plugin/Auxvyn.rbxmx"))).toEqual(
		await readFile(path.join(REPOSITORY, "plugin/Auxvyn.rbxmx")),
	);
	for (const file of ["README.md", "docs/production.md", ".env.example", "compose.yaml", ".dockerignore"])
		expect(existsSync(path.join(unpacked, file)), file).toBe(true);
	for (const file of [".git", ".env", "data", "build/compile-cache"])
		expect(existsSync(path.join(unpacked, file)), file).toBe(false);
});

test("packing again makes the same archive, and leaves nothing half-done beside it", async () => {
	expect(await packRelease({ folder, uncommitted: true })).toEqual(release);
	expect(existsSync(`${release.archive}.part`)).toBe(false);
});

test("a release is not packed outside a clone, or with uncommitted changes", async () => {
	const outside = await runThere("release/main.ts");
	expect(outside).toMatchObject({ code: 1, output: expect.stringContaining("packed from a clone") as string });

	await runProcess("git", ["init", "--quiet"], { cwd: unpacked });
	const uncommitted = await runThere("release/main.ts");
	expect(uncommitted).toMatchObject({ code: 1, output: expect.stringContaining("Commit or undo") as string });
	expect(existsSync(path.join(unpacked, "build/release"))).toBe(false);
});
