import { tmpdir } from "node:os";
import { join } from "node:path";

import { defineConfig } from "vitest/config";

// Every process of the tests loads the same packages: compiling them is what starting costs.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "auxvyn-compile-cache");

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		pool: "forks",
		// Twice the cores of a small machine: tests of what happens by itself wait for it.
		maxWorkers: 4,
		// Files keep nothing in modules that another could meet, and loading the server takes longer than most of them.
		isolate: false,
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// A busy machine is slow, not wrong.
		expect: { poll: { timeout: 10_000 } },
		retry: 0,
	},
});
