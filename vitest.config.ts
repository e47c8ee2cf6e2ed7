import { tmpdir } from "node:os";
import { join } from "node:path";

import { defineConfig } from "vitest/config";

import { ALL_ON_POSTGRES, NOT_ON_POSTGRES, ON_POSTGRES } from "./test/postgres/on-postgres.ts";

// All test processes load the same packages, and compiling them is most of their startup time.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "auxvyn-compile-cache");

const SERVED_BY_THE_LANE = [
	"test/server/keys/{authentication,forward-auth,forward-auth-answers,presented-key,usage}.test.ts",
	"test/server/rotation/servers.test.ts",
];

const COUNTED = [
	"test/server/keys/usage.test.ts",
	"test/server/live/live.test.ts",
	"test/server/rotation/{clauses,marks,retire,retirement,servers,silence}.test.ts",
];

const isAllOnPostgres = process.env["AUXVYN_TEST_ON_POSTGRES"] === "all";

export default defineConfig({
	test: {
		globalSetup: ["test/global-setup.ts"],
		pool: "forks",
		// Twice the cores of a small machine, because many tests mostly wait.
		maxWorkers: 4,
		// Test files share no module state, and loading the server takes longer than most of them.
		isolate: false,
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// Generous, because a busy machine is slow.
		expect: { poll: { timeout: 10_000 } },
		retry: 0,
		projects: [
			{
				extends: true,
				test: {
					name: "all",
					include: ["test/**/*.test.ts"],
					provide: { engine: undefined, router: false, logged: false },
				},
			},
			// Once more what the lane serves, by the routes that it stands in for.
			{
				extends: true,
				test: {
					name: "router",
					include: [...SERVED_BY_THE_LANE],
					provide: { engine: undefined, router: true, logged: false },
				},
			},
			// Once more what counts uses, by way of the log.
			{
				extends: true,
				test: { name: "logged", include: [...COUNTED], provide: { engine: undefined, router: false, logged: true } },
			},
			{
				extends: true,
				test: {
					name: "postgres",
					include: [...(isAllOnPostgres ? ALL_ON_POSTGRES : ON_POSTGRES)],
					exclude: [...NOT_ON_POSTGRES],
					provide: { engine: "postgres", router: false, logged: false },
				},
			},
		],
	},
});
