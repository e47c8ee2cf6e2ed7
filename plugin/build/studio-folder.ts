import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { home } from "./cache-folder.ts";

/** There is no folder to install the plugin into. The message says what to do. */
export class StudioMissingError extends Error {}

/** Studio's folder for local plugins, or undefined without Studio. `ROBLOX_PLUGINS_DIR` overrides it. */
export function studioPluginsFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
	if (env.ROBLOX_PLUGINS_DIR) return path.resolve(env.ROBLOX_PLUGINS_DIR);
	if (platform === "win32" && env.LOCALAPPDATA) return path.join(env.LOCALAPPDATA, "Roblox", "Plugins");
	if (platform === "darwin") return path.join(home(env), "Documents", "Roblox", "Plugins");
	return undefined;
}

/** Installs the plugin, atomically because Studio watches the folder. Returns the file's path. */
export async function installPlugin(rbxmx: string, folder: string): Promise<string> {
	const file = path.join(folder, "Auxvyn.rbxmx");
	const temporary = `${file}.${process.pid}.tmp`;
	await mkdir(folder, { recursive: true });
	await writeFile(temporary, rbxmx);
	await rename(temporary, file);
	return file;
}

/** Otherwise Studio would load the plugin twice. Returns whether there was one. */
export async function removeBinaryCopy(folder: string): Promise<boolean> {
	const file = path.join(folder, "Auxvyn.rbxm");
	const found = (await stat(file).catch(() => undefined)) !== undefined;
	if (found) await rm(file);
	return found;
}
