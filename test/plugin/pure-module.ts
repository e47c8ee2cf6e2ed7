import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

import { onTestFinished } from "vitest";

import { buildPlugin } from "../../plugin/build/build-plugin.ts";
import { findTool } from "../../plugin/build/tools.ts";

/** Calls a Luau function of the built plugin; undefined if it returns nil. */
export type CallLuau = (module: string, call: string, ...with_: unknown[]) => Promise<unknown>;

const PROGRAM = path.join(import.meta.dirname, "pure-module.luau");

/** Starts Lune on the built plugin until the end of the test. */
export async function startPureModules(): Promise<CallLuau> {
	const child = spawn(await findTool("lune"), ["run", PROGRAM, await buildPlugin()], { stdio: "pipe" });
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
