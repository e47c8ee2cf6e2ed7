import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it, onTestFinished } from "vitest";

import { signUpAt } from "../person.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

const START = fileURLToPath(new URL("../../../server/start.js", import.meta.url));

async function modes(folder: string): Promise<Record<string, string>> {
	const names = (await readdir(folder)).sort();
	const found = names.map(async (name) => [name, ((await stat(join(folder, name))).mode & 0o777).toString(8)] as const);
	return Object.fromEntries(await Promise.all(found));
}

/** Runs a start that must fail, because a setting is wrong, in `folder`. Returns what it printed. */
async function failingStartIn(folder: string): Promise<string> {
	const env = { PATH: process.env["PATH"] ?? "", DATA_DIR: join(folder, "data") };
	const child = spawn(process.execPath, [START], { cwd: folder, env });
	onTestFinished(() => void child.kill("SIGKILL"));
	let output = "";
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
	await once(child, "close");
	return output;
}

describe.runIf(process.platform !== "win32")("files that other users of the machine could read", () => {
	it("become private when the server starts: the database, its log, copies beside it, and the secret", async () => {
		const dataDir = await tempDir();
		const first = await startServer({ DATA_DIR: dataDir });
		await signUpAt(first.url);
		// The write-ahead log stays behind.
		await first.kill();
		await copyFile(join(dataDir, "auxvyn.db"), join(dataDir, "auxvyn.db.before-update"));
		for (const name of await readdir(dataDir)) await chmod(join(dataDir, name), 0o644);
		await writeFile(join(dataDir, "notes.txt"), "another program's", { mode: 0o644 });

		const second = await startServer({ DATA_DIR: dataDir });
		onTestFinished(async () => {
			await second.stop();
		});
		await signUpAt(second.url, "Jo");
		expect(await modes(dataDir)).toEqual({
			"auxvyn.db": "600",
			"auxvyn.db-shm": "600",
			"auxvyn.db-wal": "600",
			"auxvyn.db.before-update": "600",
			"notes.txt": "644",
			secret: "600",
		});
		for (const name of ["auxvyn.db", "auxvyn.db-wal", "secret"]) {
			expect(second.output()).toMatch(new RegExp(`Other users of this machine could read \\S*/${name}[.,]`));
		}
	});

	it("become private when anything is started: .env", async () => {
		const folder = await tempDir();
		await writeFile(join(folder, ".env"), "PORT=none\n", { mode: 0o644 });
		expect((await failingStartIn(folder)).split("\n")).toEqual([
			"Other users of this machine could read .env. Now only its owner can.",
			"PORT must be a whole number from 1 to 65535.",
			"",
		]);
		expect(await modes(folder)).toEqual({ ".env": "600" });
		expect(await failingStartIn(folder)).toBe("PORT must be a whole number from 1 to 65535.\n");
	});
});
