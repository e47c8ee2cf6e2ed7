import os from "node:os";
import path from "node:path";

/** The folder for downloaded and built tools: `AUXVYN_CACHE`, or the platform's cache folder. */
export function cacheFolder(
	env: NodeJS.ProcessEnv = process.env,
	platform: NodeJS.Platform = process.platform,
): string {
	if (env.AUXVYN_CACHE) return path.resolve(env.AUXVYN_CACHE);
	if (platform === "win32") return path.join(env.LOCALAPPDATA ?? path.join(home(env), "AppData", "Local"), "auxvyn");
	if (platform === "darwin") return path.join(home(env), "Library", "Caches", "auxvyn");
	// The XDG specification says to ignore relative paths.
	const xdg = env.XDG_CACHE_HOME;
	return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home(env), ".cache"), "auxvyn");
}

export function home(env: NodeJS.ProcessEnv): string {
	return env.HOME ?? env.USERPROFILE ?? os.homedir();
}
