import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";

import { findLune } from "./find-lune.ts";

/** A program that answers each line of JSON with one. */
export interface LuneProgram {
	ask: (question: unknown) => Promise<unknown>;
	close: () => Promise<void>;
}

/** Starts it. It keeps this process alive only while it is asked something, and ends with it. */
export async function startLuneProgram(program: string, ...args: string[]): Promise<LuneProgram> {
	const child = spawn(await findLune(), ["run", program, ...args], { stdio: "pipe", windowsHide: true });
	const handles = [child, child.stdin, child.stdout, child.stderr] as (ChildProcess | Socket)[];
	let asked = 0;
	let complaints = "";
	child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
	// A failed write means that it has ended, which is noticed below.
	child.stdin.on("error", () => undefined);
	const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
	const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const kill = () => void child.kill("SIGKILL");
	process.once("exit", kill);
	child.once("close", () => process.off("exit", kill));
	for (const handle of handles) handle.unref();
	return {
		ask: async (question) => {
			if (asked++ === 0) for (const handle of handles) handle.ref();
			try {
				child.stdin.write(`${JSON.stringify(question)}\n`);
				const line = await answers.next();
				if (line.done === true) throw new Error(`Lune ended: ${complaints}`);
				return JSON.parse(line.value) as unknown;
			} finally {
				if (--asked === 0) for (const handle of handles) handle.unref();
			}
		},
		close: async () => {
			kill();
			for (const handle of handles) handle.ref();
			await closed;
		},
	};
}
