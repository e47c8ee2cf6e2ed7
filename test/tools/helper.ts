import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { onTestFinished } from "vitest";

/** An empty folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
	const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), "auxvyn-tools-")));
	onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
	return folder;
}

/** A program written in JavaScript: `node` runs it, whatever PATH says. */
export async function fakeProgram(folder: string, name: string, javascript: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	const file = path.join(folder, name);
	// Runs as CommonJS: that is the default without an extension and a package.json.
	await writeFile(file, `#!${process.execPath}\n${javascript}\n`);
	await chmod(file, 0o755);
	return file;
}

export interface Running {
	process: ChildProcess;
	/** Resolves once the output (both streams) contains the text; rejects if the process ends before. */
	says: (text: string) => Promise<void>;
	/** Resolves when the process ends. */
	ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts Node 24 in a process that cannot outlive the test. */
export function startNode(
	args: string[],
	options: { env?: NodeJS.ProcessEnv; cwd?: string; node?: string; uid?: number; gid?: number } = {},
): Running {
	const { node = process.execPath, env = process.env, ...rest } = options;
	const child = spawn(node, args, {
		...rest,
		env,
		stdio: ["ignore", "pipe", "pipe"],
	});
	const text = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name].setEncoding("utf8").on("data", (chunk: string) => void (text[name] += chunk));
	}
	const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...text }));
	onTestFinished(async () => {
		child.kill("SIGKILL");
		await ended;
	});
	const says = (wanted: string) =>
		new Promise<void>((resolve, reject) => {
			const look = () => {
				if (`${text.stdout}${text.stderr}`.includes(wanted)) resolve();
			};
			child.stdout.on("data", look);
			child.stderr.on("data", look);
			void ended.then(() => reject(new Error(`It ended without saying "${wanted}":\n${text.stdout}${text.stderr}`)));
			look();
		});
	return { process: child, says, ended };
}

/** Arguments for node to run `code` as a module, with the exports of one of our files as `it`. */
export function moduleCode(file: string, code: string): string[] {
	const url = new URL(`../../${file}`, import.meta.url).href;
	return ["--input-type=module", "--eval", `import * as it from ${JSON.stringify(url)};\n${code}`];
}
