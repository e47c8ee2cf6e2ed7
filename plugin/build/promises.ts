import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** What roblox-ts emits for async functions, `await` and `Promise`. */
const USES_PROMISES = /\bTS\.(?:async|await|Promise)\b/;

const EMPTY_MODULE = "-- The plugin uses no promises.\nreturn {}\n";

/**
 * Empties Promise.lua, a ninth of the built plugin, which roblox-ts's RuntimeLib requires and the plugin does not use.
 * Returns the compiled file that does use it, if there is one.
 */
export async function leaveOutPromises(repository: string): Promise<string | undefined> {
	const compiled = path.join(repository, "build", "luau");
	for (const name of await readdir(compiled, { recursive: true })) {
		if (!name.endsWith(".luau")) continue;
		if (USES_PROMISES.test(await readFile(path.join(compiled, name), "utf8"))) return name;
	}
	await writeFile(path.join(repository, "build", "include", "Promise.lua"), EMPTY_MODULE);
	return undefined;
}
