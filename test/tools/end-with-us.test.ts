import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { moduleCode, startNode, temporaryFolder } from "./helper.ts";

/** A program that says in its folder which it is, as PostgreSQL does, or one that says nothing of the folder. */
async function server(isOurs: boolean) {
	const folder = path.join(await temporaryFolder(), "cluster");
	await mkdir(path.join(folder, "data"), { recursive: true });
	const args = ["-e", "setInterval(() => {}, 1_000)", ...(isOurs ? [path.join(folder, "data")] : [])];
	const child = spawn(process.execPath, args, { stdio: "ignore" });
	onTestFinished(() => void child.kill("SIGKILL"));
	await writeFile(path.join(folder, "data/postmaster.pid"), `${child.pid}\n`);
	return { folder, child, ended: once(child, "exit") };
}

async function killWatcherOf(folder: string): Promise<void> {
	const code = `it.endWithUs(${JSON.stringify(folder)}); console.log("watching"); setInterval(() => {}, 1_000);`;
	const watcher = startNode(moduleCode("test/postgres/end-with-us.ts", code));
	await watcher.says("watching");
	watcher.process.kill("SIGKILL");
}

test("a PostgreSQL server of the tests ends with them, even by SIGKILL, and leaves no folder", async () => {
	const { folder, ended } = await server(true);
	await killWatcherOf(folder);
	expect((await ended)[1]).toBe("SIGQUIT");
	await expect.poll(() => existsSync(folder)).toBe(false);
});

test("a program that has the number of an earlier server is left alone", async () => {
	const { folder, child } = await server(false);
	await killWatcherOf(folder);
	await expect.poll(() => existsSync(folder)).toBe(false);
	expect([child.exitCode, child.signalCode]).toEqual([null, null]);
});
