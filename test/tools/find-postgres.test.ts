import { existsSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { findPostgres, needPostgres } from "../postgres/find-postgres.ts";
import { fakeProgram, temporaryFolder } from "./helper.ts";

const reporter = { line: () => undefined, status: () => undefined };

/** A folder with both programs that are needed. */
async function programsIn(folder: string): Promise<string> {
	for (const name of ["initdb", "pg_basebackup", "postgres"]) await fakeProgram(folder, name, "");
	return folder;
}

describe("finding PostgreSQL", () => {
	test("takes the one on PATH, and the newest of Debian's otherwise", async () => {
		const root = await temporaryFolder();
		for (const version of ["9.6", "15", "14"]) await programsIn(path.join(root, version, "bin"));
		// Where Debian has only the client on PATH.
		await fakeProgram(path.join(root, "usr"), "psql", "");
		const folders = [path.join(root, "*/bin")];
		const env = { PATH: path.join(root, "usr") };
		expect(await findPostgres({ env, folders })).toBe(path.join(root, "15/bin"));
		const own = await programsIn(path.join(root, "own"));
		expect(await findPostgres({ env: { PATH: [env.PATH, own].join(path.delimiter) }, folders })).toBe(own);
	});

	test("if there is none, asks apt for it as root, without a database server of its own, and says what to do", async () => {
		const root = await temporaryFolder();
		const settings = path.join(root, "createcluster.d");
		const code = `
			if (process.argv[2] !== "install") process.exit();
			console.error(require("fs").readFileSync(${JSON.stringify(path.join(settings, "auxvyn-tests.conf"))}, "utf8"));
			process.exit(100);`;
		await fakeProgram(root, "apt-get", code);
		const search = needPostgres({ env: { PATH: root }, folders: [], settings, reporter });
		const error = await search.catch((reason: unknown) => reason as Error);
		const isRoot = process.getuid?.() === 0;
		expect(String(error)).toContain(isRoot ? "create_main_cluster = false" : "only root may install packages");
		expect(String(error)).toContain("apt-get install postgresql");
		expect(existsSync(path.join(settings, "auxvyn-tests.conf"))).toBe(false);
	});
});
