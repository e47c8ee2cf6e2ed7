import path from "node:path";

import { expect, test } from "vitest";

import { cacheFolder } from "../../plugin/build/cache-folder.ts";

test.each([
	["AUXVYN_CACHE first of all", { AUXVYN_CACHE: "/c", XDG_CACHE_HOME: "/x", HOME: "/h" }, "linux", "/c"],
	["XDG_CACHE_HOME on Linux", { XDG_CACHE_HOME: "/x", HOME: "/h" }, "linux", "/x/auxvyn"],
	["~/.cache if XDG_CACHE_HOME is relative", { XDG_CACHE_HOME: "x", HOME: "/h" }, "linux", "/h/.cache/auxvyn"],
	["~/.cache on Linux", { HOME: "/h" }, "linux", "/h/.cache/auxvyn"],
	["Library/Caches on macOS", { HOME: "/h" }, "darwin", "/h/Library/Caches/auxvyn"],
	["LOCALAPPDATA on Windows", { LOCALAPPDATA: "/l", HOME: "/h" }, "win32", "/l/auxvyn"],
] as const)("the cache is %s", (_, env, platform, folder) => {
	expect(cacheFolder(env, platform)).toBe(path.resolve(folder));
});
