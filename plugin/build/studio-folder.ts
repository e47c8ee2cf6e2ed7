import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { home } from "./cache-folder.ts";

/** Studio's folder for local plugins, or undefined where there is no Studio. `ROBLOX_PLUGINS_DIR` overrides. */
export function studioPluginsFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
	if (env.ROBLOX_PLUGINS_DIR) return path.resolve(env.ROBLOX_PLUGINS_DIR);
	if (platform === "win32" && env.LOCALAPPDATA) return path.join(env.LOCALAPPDATA, "Roblox", "Plugins");
	if (platform === "darwin") return path.join(home(env), "Documents", "Roblox", "Plugins");
	return undefined;
}

/** Puts the plugin into Studio's folder, in one step, as Studio watches it. Gives the file's path. */
export async function installPlugin(rbxmx: string, folder: string): Promise<string> {
	const file = path.join(folder, "Auxvyn.rbxmx");
	const unfinished = `${file}.${process.pid}.tmp`;
	await mkdir(folder, { recursive: true });
	await writeFile(unfinished, rbxmx);
	await rename(unfinished, file);
	return file;
}

/** Studio would load the same plugin twice. Says whether there was one. */
export async function removeBinaryCopy(folder: string): Promise<boolean> {
	const file = path.join(folder, "Auxvyn.rbxm");
	const found = (await stat(file).catch(() => undefined)) !== undefined;
	if (found) await rm(file);
	return found;
}
