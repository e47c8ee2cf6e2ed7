import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { runProcess } from "../../plugin/build/run-process.ts";
import { findTool } from "../../plugin/build/tools.ts";

/** Something that Studio's script analysis would underline. */
export interface Finding {
	/** The script's path in the DataModel, such as `ServerScriptService/Auxvyn/Client`. */
	file: string;
	/** From 1. */
	line: number;
	column: number;
	severity: "error" | "warning";
	message: string;
}

const DEFINITIONS = fileURLToPath(new URL("roblox.d.luau", import.meta.url));
const FOUND_SOME = 1;

/**
 * Type-checks a DataModel of scripts with Studio's new type solver. `scripts` has their sources by path:
 * `ServerScriptService/Game.server.luau` is a Script, `ServerScriptService/Shop.luau` a ModuleScript, and
 * `ServerScriptService/Shop/init.luau` one with children.
 */
export async function checkScripts(scripts: Record<string, string>): Promise<Finding[]> {
	const program = await findTool("luau-check");
	const folder = await mkdtemp(path.join(os.tmpdir(), "auxvyn-luau-"));
	try {
		// The definitions mention them.
		for (const service of ["ReplicatedStorage", "ServerScriptService", "ServerStorage"]) {
			await mkdir(path.join(folder, service));
		}
		for (const [name, source] of Object.entries(scripts)) {
			const file = path.join(folder, name);
			await mkdir(path.dirname(file), { recursive: true });
			await writeFile(file, source);
		}
		return await run(program, folder);
	} finally {
		await rm(folder, { recursive: true });
	}
}

async function run(program: string, folder: string): Promise<Finding[]> {
	const { code, output } = await runProcess(program, [DEFINITIONS, folder]);
	if (code !== 0 && code !== FOUND_SOME) throw new Error(`luau-check failed: ${output}`);
	const lines = output.split("\n").filter((line) => line !== "");
	return lines.map((line) => JSON.parse(line) as Finding);
}

/** For people: `ServerScriptService/Game:3:7: Unknown global 'gmae'`. */
export function describeFinding({ file, line, column, message }: Finding): string {
	return `${file}:${line}:${column}: ${message}`;
}
