import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { onTestFinished } from "vitest";

import { RUNTIME_PARTS, type RuntimeText, runtimeText } from "../../plugin/build/runtime.ts";
import { builtPlugin } from "../studio/built-plugin.ts";
import { type LuneProgram, startLuneProgram } from "../studio/lune-program.ts";

/** Calls a Luau function of the built plugin; undefined if it returns nil. */
export type CallLuau = (module: string, call: string, ...with_: unknown[]) => Promise<unknown>;

const PROGRAM = path.join(import.meta.dirname, "pure-module.luau");

/** One for all tests of this process: what the modules return depends on nothing else. */
let shared: Promise<LuneProgram> | undefined;

/** Lune with the modules of the built plugin. */
export async function startPureModules(): Promise<CallLuau> {
	shared ??= builtPlugin().then((plugin) => startLuneProgram(PROGRAM, plugin));
	return caller(await shared);
}

function caller({ ask }: LuneProgram): CallLuau {
	return async (module, call, ...with_) => {
		const answer = (await ask({ module, call, with: with_ })) as { value?: unknown[]; error?: string };
		if (answer.error !== undefined) throw new Error(answer.error);
		return Array.isArray(answer.value) ? answer.value[0] : undefined;
	};
}

/** The parts that the game's runtime has before what it ends with, which would start it. */
const LAST_PART = { core: "script", standalone: "standalone", client: "client" } as const;

/**
 * As `startPureModules`, until the end of the test, and with the game's runtime as the module "runtime". It has the
 * functions of `exported`: a Luau table's fields, in which the runtime's locals are known.
 */
export async function startRuntime(exported: string, text: RuntimeText = "core"): Promise<CallLuau> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-runtime-"));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const parts = RUNTIME_PARTS[text].filter((part) => part !== LAST_PART[text]);
	const file = path.join(folder, "runtime.luau");
	await writeFile(file, `${await runtimeText(text, { parts })}\nreturn {\n${exported}\n}\n`);
	const program = await startLuneProgram(PROGRAM, await builtPlugin(), file);
	onTestFinished(() => program.close());
	return caller(program);
}
