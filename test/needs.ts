import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { REPOSITORY } from "../plugin/build/repository.ts";

/** Programs that some tests need, and the files that run them. */
const RUN_BY = {
	rojo: ["plugin/build/build-plugin.ts"],
	lune: ["test/studio/lune-process.ts", "test/studio/lune-program.ts"],
	"luau-check": ["test/luau/check-scripts.ts"],
	chromium: ["test/browser/shared-browser.ts", "test/plugin/screens.test.ts", "test/e2e/screen-sheets.ts"],
	nginx: ["test/server/proxies/start-proxy.ts"],
	caddy: ["test/server/proxies/start-proxy.ts"],
	haproxy: ["test/server/proxies/behind-proxies.test.ts", "test/server/proxies/dashboard-lines.test.ts"],
	traefik: ["test/server/proxies/behind-proxies.test.ts", "test/server/proxies/dashboard-lines.test.ts"],
	envoy: ["test/server/proxies/behind-envoy.test.ts"],
	postgres: [
		"test/postgres/cluster.ts",
		"test/postgres/odd-requests.ts",
		"test/server/storage/conformance/postgres.ts",
		"test/plugin/rotation-two-backends.test.ts",
	],
	go: ["test/backend/go/find-go.ts"],
	python: ["test/backend/python/find-python.ts"],
} as const;

export type Program = keyof typeof RUN_BY;
/** Auxvyn needs none of these, only backends of others do: a run without them is named as such, but may pass. */
export const OPTIONAL: readonly Program[] = ["go", "python"];
export const PROGRAMS = Object.keys(RUN_BY) as Program[];

/** The files of the repository that a file names, by an import or as a program to start. */
const NAMED = /["'`]([^"'`\s]+\.ts)["'`]/g;

/** The programs that a test file needs, because it or a file that it names, and so on, runs them. */
export function programsFor(testFile: string): Program[] {
	const reached = reachedFrom(path.join(REPOSITORY, testFile));
	return PROGRAMS.filter((program) => RUN_BY[program].some((file) => reached.has(path.join(REPOSITORY, file))));
}

const named = new Map<string, string[]>();

function namedIn(file: string): string[] {
	const known = named.get(file);
	if (known !== undefined) return known;
	const names = [...readFileSync(file, "utf8").matchAll(NAMED)].map(([, name = ""]) => name);
	const found = names
		.flatMap((name) => [path.resolve(path.dirname(file), name), path.resolve(REPOSITORY, name)])
		.filter((each) => each.startsWith(REPOSITORY) && existsSync(each));
	named.set(file, found);
	return found;
}

function reachedFrom(start: string): Set<string> {
	const reached = new Set([start]);
	for (const file of reached) for (const next of namedIn(file)) reached.add(next);
	return reached;
}
