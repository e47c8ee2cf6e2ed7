import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import lock from "../../package-lock.json" with { type: "json" };
import { REPOSITORY } from "../../plugin/build/repository.ts";

/**
 * npm 10 and older, which come with Node 20 and 22, compile what has a binding.gyp unless the lockfile says otherwise:
 * they do not know `allowScripts`, and do not look into the package's own package.json. `npm install` drops the line.
 */
test("npm ci compiles nothing, with npm 10 either: package-lock.json has gypfile: false for what comes compiled", () => {
	const folders = Object.keys(lock.packages).filter((folder) =>
		existsSync(path.join(REPOSITORY, folder, "binding.gyp")),
	);
	expect(folders).toEqual(["node_modules/better-sqlite3"]);
	const entries = Object.entries(lock.packages).filter(([folder]) => folders.includes(folder));
	expect(entries).toMatchObject(folders.map((folder) => [folder, { gypfile: false }]));
});

test("no package but Node's own has a script that npm runs when it is installed", () => {
	const entries = Object.entries<object>(lock.packages);
	const withScripts = entries.filter(([, each]) => "hasInstallScript" in each).map(([folder]) => folder);
	expect(withScripts).toEqual(["node_modules/node"]);
});

/** `npm run try-docs` sees it for real. The dashboard would count as stale, and the clone as changed. */
test("npm prune leaves package-lock.json as it is, because npm saves only what it is asked to", () => {
	expect(readFileSync(path.join(REPOSITORY, ".npmrc"), "utf8").split("\n")).toContain("save=false");
});
