import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

import { onTestFinished } from "vitest";

import { RUNTIME_PARTS, type RuntimeText, runtimeText } from "../../plugin/build/runtime.ts";
import { builtPlugin } from "../studio/built-plugin.ts";
import { findLune } from "../studio/find-lune.ts";

/** Calls a Luau function of the built plugin; undefined if it returns nil. */
export type CallLuau = (module: string, call: string, ...with_: unknown[]) => Promise<unknown>;

const PROGRAM = path.join(import.meta.dirname, "pure-module.luau");

/** Starts Lune on the built plugin until the end of the test. `files`: further arguments of the program. */
export async function startPureModules(...files: string[]): Promise<CallLuau> {
	const child = spawn(await findLune(), ["run", PROGRAM, await builtPlugin(), ...files], { stdio: "pipe" });
	const closed = new Promise((resolve) => child.once("close", resolve));
	let problems = "";
	child.stderr.on("data", (chunk: Buffer) => (problems += chunk.toString()));
	const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	onTestFinished(async () => {
		child.stdin.end();
		child.kill("SIGKILL");
		await closed;
	});
	return async (module, call, ...with_) => {
		child.stdin.write(`${JSON.stringify({ module, call, with: with_ })}\n`);
		const line = await answers.next();
		if (line.done === true) throw new Error(`Lune ended: ${problems}`);
		const answer = JSON.parse(line.value) as { value?: unknown[]; error?: string };
		if (answer.error !== undefined) throw new Error(answer.error);
		return Array.isArray(answer.value) ? answer.value[0] : undefined;
	};
}

/** The parts that the game's runtime has before what it ends with, which would start it. */
const LAST_PART = { core: "script", standalone: "standalone", client: "client" } as const;

/**
 * As `startPureModules`, with the game's runtime as the module "runtime", which has the functions of `exported`: a Luau
 * table's fields, in which the runtime's locals are known.
 */
export async function startRuntime(exported: string, text: RuntimeText = "core"): Promise<CallLuau> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-runtime-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const parts = RUNTIME_PARTS[text].filter((part) => part !== LAST_PART[text]);
	const file = path.join(folder, "runtime.luau");
	await writeFile(file, `${await runtimeText(text, { parts })}\nreturn {\n${exported}\n}\n`);
	return startPureModules(file);
}
