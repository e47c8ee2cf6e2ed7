import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
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
import { findGo } from "./backend/go/find-go.ts";
import { findPython } from "./backend/python/find-python.ts";
import { findChromium } from "./browser/chromium.ts";
import { OPTIONAL, type Program, programsFor } from "./needs.ts";
import { needPostgres } from "./postgres/find-postgres.ts";
import { ON_POSTGRES } from "./postgres/on-postgres.ts";
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
	const missing = await prepare();
	const { notRun, left, needed, args } = whatNeeds([...missing.keys()]);
	// Two at a time, as there may be only two cores. The plugin's linter takes longest, and the tests often wait.
	const linting = check("lint of the plugin", packageCli("eslint"), ["plugin/src"]);
	// TypeScript 7, which takes a third of the time, and less still where it checks nothing twice, in threads of its own.
	// The package `typescript` is the version that ESLint needs.
	const typeScript = packageCli("native-typescript", "tsc");
	const checks = await inTurn(
		() => check("types", typeScript, ["--checkers", "1", "-p", "tsconfig.json"]),
		() => check("types of the backend hook", typeScript, ["--checkers", "1", "-p", "backend/tsconfig.json"]),
		() => check("types of the dashboard", typeScript, ["--checkers", "1", "-p", "server/dashboard/tsconfig.json"]),
		() => check("lint", packageCli("oxlint"), []),
		() => check("format", packageCli("oxfmt"), ["--check"]),
	);

	const startedAt = performance.now();
	const folder = await mkdtemp(path.join(os.tmpdir(), "auxvyn-test-"));
	const results = path.join(folder, "results.json");
	const reports = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
	const code = await vitest(["run", ...reports, ...args]);
	const tests = await countTests(results, code);
	await rm(folder, { recursive: true });
	checks.push(await linting);

	const all = [...checks, { name: "tests", passed: tests.failed === 0, took: elapsed(startedAt) }];
	for (const { name, passed, took } of all) say(`${name.padEnd(27)}${(passed ? "ok" : "FAILED").padEnd(8)}${took}`);
	// One line that programs read: a check counts as a test, so that it agrees with the exit code.
	for (const [program, why] of missing)
		say(`\nWithout ${program}, ${notRun.get(program) ?? 0} test files did not run. ${why}`);
	const failed = tests.failed + checks.filter((each) => !each.passed).length;
	const passed = tests.passed + checks.filter((each) => each.passed).length;
	const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : "";
	const files = left > 0 ? `, ${left} test files not run (see above)` : "";
	say(`${passed} passed, ${failed} failed${skipped}${files}`);
	// What did not run has not passed.
	return failed === 0 && needed === 0 ? 0 : 1;
}

interface NotRun {
	/** How many test files, by the program that they need. */
	notRun: Map<Program, number>;
	/** How many together. */
	left: number;
	/** How many of these have to run for all to pass. */
	needed: number;
	/** Vitest's arguments that leave them out. */
	args: string[];
}

function whatNeeds(missing: Program[]): NotRun {
	const files = missing.length === 0 ? [] : globSync("test/**/*.test.ts", { cwd: REPOSITORY });
	const needs = files.map((file) => ({ file, programs: programsFor(file) }));
	// These run once more, on the other engine.
	const again = missing.includes("postgres") ? globSync([...ON_POSTGRES], { cwd: REPOSITORY }) : [];
	const countFor = (program: Program) =>
		needs.filter(({ programs }) => programs.includes(program)).length + (program === "postgres" ? again.length : 0);
	const lack = (programs: readonly Program[]) =>
		needs.filter((each) => each.programs.some((program) => programs.includes(program)));
	const left = lack(missing);
	const needed = lack(missing.filter((program) => !OPTIONAL.includes(program)));
	return {
		notRun: new Map(missing.map((program) => [program, countFor(program)])),
		left: left.length + again.length,
		needed: needed.length + again.length,
		args: [
			...left.map(({ file }) => `--exclude=${file.replaceAll("\\", "/")}`),
			...(again.length > 0 ? ["--project=!postgres"] : []),
		],
	};
}

/**
 * Whatever is slow to get comes first and once, where its progress can be seen. Resolves to the programs that could not be
 * had, with what to do.
 */
async function prepare(): Promise<Map<Program, string>> {
	const missing = new Map<Program, string>();
	const have = async (program: Program, find: () => Promise<unknown>) => {
		await find().catch((error: unknown) => void missing.set(program, messageOf(error)));
	};
	const tools = inTurn(
		() => have("rojo", () => findTool("rojo", { reporter })),
		() => have("lune", () => findTool("lune", { reporter })),
		() => have("luau-check", () => findTool("luau-check", { reporter })),
	);
	const programs = inTurn(
		() => have("chromium", () => findChromium({ reporter })),
		() => have("nginx", () => findProxy("nginx", { reporter })),
		() => have("caddy", () => findProxy("caddy", { reporter })),
		() => have("haproxy", () => findProxy("haproxy", { reporter })),
		() => have("traefik", () => findProxy("traefik", { reporter })),
		() => have("envoy", () => findProxy("envoy", { reporter })),
		() => have("postgres", () => needPostgres({ reporter })),
		() => have("go", () => findGo({ reporter })),
		() => have("python", () => findPython({ reporter })),
	);
	const plugin = tools.then(() => (missing.has("rojo") ? undefined : buildPlugin({ reporter })));
	const outcomes = await Promise.allSettled([plugin, programs, buildDashboard()]);
	const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
	if (refused.length > 0) throw new PreparationError(refused.map(messageOf).join("\n\n"));
	return missing;
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
