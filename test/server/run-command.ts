import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { onTestFinished } from "vitest";

import { bundledServer } from "./bundled-server.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** Runs an administrator's command to its end: `npm run reset-password`, for example, without npm. */
export async function runCommand(
	name:
		| "backup"
		| "create-account"
		| "doctor"
		| "migrate"
		| "move-database"
		| "reset-password"
		| "restore"
		| "start"
		| "trust-clock",
	args: string[],
	env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
	const child = spawn(process.execPath, [...bundledServer(), `server/${name}.js`, ...args], {
		cwd: REPOSITORY,
		env: { PATH: process.env["PATH"] ?? "", ...env },
	});
	onTestFinished(() => void child.kill("SIGKILL"));
	let [stdout, stderr] = ["", ""];
	child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
	const [code] = (await once(child, "close")) as [number];
	return { code, stdout, stderr };
}
