import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		// Tests start processes and hold files of their own: a process for each file keeps them apart.
		pool: "forks",
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// A busy machine is slow, not wrong.
		expect: { poll: { timeout: 10_000 } },
		retry: 0,
	},
});
