import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { buildPlugin } from "../plugin/build/build-plugin.ts";
import { packageCli } from "../plugin/build/package-cli.ts";
import { elapsed, screenReporter } from "../plugin/build/reporter.ts";
import { REPOSITORY } from "../plugin/build/repository.ts";
import { runProcess } from "../plugin/build/run-process.ts";
import { findTool } from "../plugin/build/tools.ts";
import { buildDashboard } from "../server/dashboard/build.ts";
import { findChromium } from "./browser/chromium.ts";
import { findProxy } from "./server/proxies/find-proxy.ts";
import { countTests } from "./tools/count-tests.ts";

/** `npm test`: everything. With arguments: vitest alone, with these arguments. */
const reporter = screenReporter();

interface Check {
	name: string;
	passed: boolean;
	took: string;
}

async function everything(): Promise<number> {
	await prepare();
	// Two at a time, as there may be only two cores. The linter takes longest, and the tests often wait.
	const linting = check("lint", packageCli("eslint"), ["."]);
	// TypeScript 7, which takes a third of the time, and less still where it checks nothing twice, in threads of its own.
	// The package `typescript` is the version that the linter needs.
	const typeScript = packageCli("native-typescript", "tsc");
	const checks = await inTurn(
		() => check("types", typeScript, ["--checkers", "1", "-p", "tsconfig.json"]),
		() => check("types of the dashboard", typeScript, ["--checkers", "1", "-p", "server/dashboard/tsconfig.json"]),
		() => check("format", packageCli("prettier"), ["--check", "."]),
	);

	const startedAt = performance.now();
	const folder = await mkdtemp(path.join(os.tmpdir(), "auxvyn-test-"));
	const results = path.join(folder, "results.json");
	const code = await vitest(["run", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`]);
	const tests = await countTests(results, code);
	await rm(folder, { recursive: true });
	checks.push(await linting);

	const all = [...checks, { name: "tests", passed: tests.failed === 0, took: elapsed(startedAt) }];
	for (const { name, passed, took } of all) say(`${name.padEnd(24)}${(passed ? "ok" : "FAILED").padEnd(8)}${took}`);
	// One line that programs read: a check counts as a test, so that it agrees with the exit code.
	const failed = tests.failed + checks.filter((each) => !each.passed).length;
	const passed = tests.passed + checks.filter((each) => each.passed).length;
	say(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ""}`);
	return failed === 0 ? 0 : 1;
}

/** Whatever is slow to get comes first and once, where its progress can be seen. */
async function prepare(): Promise<void> {
	const tools = inTurn(
		() => findTool("rojo", { reporter }),
		() => findTool("lune", { reporter }),
		() => findTool("luau-check", { reporter }),
		() => buildPlugin({ reporter }),
	);
	const programs = inTurn(
		() => findChromium({ reporter }),
		// Only a few tests need them, and say so.
		() => findProxy("nginx", { reporter }).catch(() => undefined),
		() => findProxy("caddy", { reporter }).catch(() => undefined),
	);
	const outcomes = await Promise.allSettled([tools, programs, buildDashboard()]);
	const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
	if (refused.length > 0) throw new PreparationError(refused.map(messageOf).join("\n\n"));
}

async function check(name: string, cli: string, args: string[]): Promise<Check> {
	const startedAt = performance.now();
	const { code, output } = await runProcess(process.execPath, [cli, ...args], { cwd: REPOSITORY });
	const outcome = { name, passed: code === 0, took: elapsed(startedAt) };
	reporter.line(`${name}: ${outcome.passed ? "ok" : "FAILED"} (${outcome.took})`);
	if (!outcome.passed) reporter.line(output.trim());
	return outcome;
}

async function vitest(args: string[]): Promise<number> {
	const child = spawn(process.execPath, [packageCli("vitest"), ...args], { cwd: REPOSITORY, stdio: "inherit" });
	const [code] = (await once(child, "close")) as [number | null];
	return code ?? 1;
}

async function inTurn<T>(...steps: (() => Promise<T>)[]): Promise<T[]> {
	const results: T[] = [];
	for (const step of steps) results.push(await step());
	return results;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

class PreparationError extends Error {}

try {
	const args = process.argv.slice(2);
	process.exitCode = args.length > 0 ? await vitest(["run", ...args]) : await everything();
} catch (error) {
	if (!(error instanceof PreparationError)) throw error;
	console.error(`${error.message}\n\nThe tests did not run.`);
	process.exitCode = 1;
}
