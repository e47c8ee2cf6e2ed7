import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { REPOSITORY } from "./repository.ts";

/**
 * The game's runtime, from its parts in `plugin/runtime`: each part may use the locals of those before it. `core` ends the
 * managed Script, `client` is the module below it, `standalone` is the module for places without the plugin.
 */
export type RuntimeText = "core" | "client" | "standalone";

const SHARED_PARTS = ["captured", "target", "failures", "sender", "verdict", "status", "checker", "connection"];

export const RUNTIME_PARTS: Record<RuntimeText, string[]> = {
	core: ["script-about", "types", ...SHARED_PARTS, "script"],
	client: ["client-about", "types", "options", "client-captured", "encode", "client"],
	standalone: ["standalone-about", "types", "options", ...SHARED_PARTS, "encode", "standalone"],
};

const STRICT = "--!strict\n";

async function readPart(name: string, repository: string): Promise<string> {
	const text = await readFile(path.join(repository, "plugin", "runtime", `${name}.luau`), "utf8");
	// Only the first line of a script may ask for it.
	return text.startsWith(STRICT) ? text.slice(STRICT.length) : text;
}

/** A text of the runtime, or of some of its parts. The core continues a Script, so it cannot ask to be strict itself. */
export async function runtimeText(
	text: RuntimeText,
	{ repository = REPOSITORY, parts = RUNTIME_PARTS[text] }: { repository?: string; parts?: string[] } = {},
): Promise<string> {
	const texts = await Promise.all(parts.map((name) => readPart(name, repository)));
	return (text === "core" ? "" : STRICT) + texts.join("\n");
}

/** Writes the runtime where the Rojo projects look for it: `build/runtime`. */
export async function writeRuntime(repository: string = REPOSITORY): Promise<void> {
	const folder = path.join(repository, "build", "runtime");
	await mkdir(folder, { recursive: true });
	for (const text of Object.keys(RUNTIME_PARTS) as RuntimeText[]) {
		await writeFile(path.join(folder, `${text}.luau`), await runtimeText(text, { repository }));
	}
}
