import { globSync } from "node:fs";

import { expect, test } from "vitest";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { programsFor } from "../needs.ts";

test.each([
	["test/server/keys/manage.test.ts", []],
	["test/server/processes/first-start.test.ts", []],
	["test/browser/keys.test.ts", ["chromium"]],
	["test/browser/user-code.test.ts", []],
	["test/plugin/connect.test.ts", ["rojo", "lune"]],
	// It starts a program that needs them.
	["test/studio/cli.test.ts", ["rojo", "lune"]],
	["test/plugin/screens.test.ts", ["rojo", "lune", "chromium"]],
	["test/luau/documents.test.ts", ["luau-check"]],
	["test/server/storage/conformance-postgres.test.ts", ["postgres"]],
	["test/server/proxies/deploy-files.test.ts", ["nginx", "caddy"]],
	["test/server/proxies/behind-proxies.test.ts", ["nginx", "caddy", "haproxy", "traefik"]],
	["test/server/proxies/behind-envoy.test.ts", ["nginx", "caddy", "envoy"]],
	["test/backend/go.test.ts", ["go"]],
	["test/backend/python.test.ts", ["python"]],
	["test/backend/package.test.ts", []],
])("npm test knows what %s needs", (file, programs) => {
	expect(programsFor(file)).toEqual(programs);
});

test("no test of the server needs more than Node, PostgreSQL and a proxy", () => {
	const others = new Set(["nginx", "caddy", "haproxy", "traefik", "envoy", "postgres"]);
	const files = globSync("test/server/**/*.test.ts", { cwd: REPOSITORY });
	expect(files.length).toBeGreaterThan(80);
	const needing = files.filter((file) => programsFor(file).some((each) => !others.has(each)));
	expect(needing).toEqual([]);
});
