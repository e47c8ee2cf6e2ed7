import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { access, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { SECRET_SETTINGS } from "../config.ts";
import { DashboardError } from "./dashboard-error.ts";

const DASHBOARD = fileURLToPath(new URL(".", import.meta.url));
const SERVER = join(DASHBOARD, "..");
const REPOSITORY = join(SERVER, "..");
const BUILDS = join(REPOSITORY, "build", "dashboard");
/** The server's files that the dashboard imports: see `server/lint/browser-imports.js`. */
const IMPORTED = /\.schema\.ts$|http[\\/](schema-parts|wire-schema)\.ts$|[\\/]folded-text\.ts$/;
/** Older builds may still be served by a server that has not restarted. */
const BUILDS_KEPT = 5;
/** Variables with these names are not passed to the bundler either. */
const SECRET_VARIABLE = /SECRET|TOKEN|PASSWORD/i;

export interface BuildOptions {
	/** The folder of all builds. Default: the repository's. */
	builds?: string;
	/** Told, in a line, that building begins, and how long it took. Default: nobody. */
	say?: (line: string) => void;
}

/**
 * Bundles the dashboard if its sources have changed, and resolves to the directory to serve. Each state of the sources
 * has its own directory, which appears complete and never changes: neither a server reading it nor a concurrent build
 * is disturbed.
 * @throws DashboardError if it cannot be built here, or the build fails
 */
export async function buildDashboard({ builds = BUILDS, say = () => undefined }: BuildOptions = {}): Promise<string> {
	const ready = join(builds, await hashInputs().catch(cannotRead));
	if (existsSync(ready)) {
		await access(join(ready, "index.html"), constants.R_OK).catch(cannotRead);
		return ready;
	}
	requireBundler();
	// Not by mkdtemp, whose folders only their owner can read: another user may build than the one who serves.
	const unfinished = join(builds, `.unfinished-${randomBytes(6).toString("hex")}`);
	await mkdir(unfinished, { recursive: true }).catch(cannotWrite(builds));
	try {
		const startedAt = performance.now();
		say("Building the dashboard. This takes a few seconds, once per version …");
		await bundleInChildProcess(unfinished);
		await publish(unfinished, ready);
		say(`Built the dashboard in ${Math.ceil((performance.now() - startedAt) / 1000)} s.`);
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
	// Only to save space.
	await removeOldBuilds(builds).catch(() => undefined);
	return ready;
}

/** What bundles is a development package: a server that is deployed with its dashboard built does without. */
function requireBundler(): void {
	try {
		createRequire(import.meta.url).resolve("vite/package.json");
	} catch {
		throw new DashboardError(
			"The dashboard is not built for this version, and the packages that build it are not installed: run `npm ci && npm run build`, and then `npm prune --omit=dev --omit=optional` again if you like.",
		);
	}
}

function cannotRead(error: NodeJS.ErrnoException): never {
	const { code = "unknown error", path = "the dashboard" } = error;
	const remedy =
		code === "ENOENT"
			? "it is incomplete; run `npm ci && npm run build`"
			: "let this user read the whole folder of the server";
	throw new DashboardError(`Cannot read ${path} (${code}): ${remedy}, then start again.`, { cause: error });
}

function cannotWrite(builds: string): (error: NodeJS.ErrnoException) => never {
	return (error) => {
		const { code = "unknown error" } = error;
		const remedy =
			code === "ENOSPC"
				? "free some space on its disk"
				: "run `npm run build` as a user who may, or let this user write there";
		throw new DashboardError(
			`The dashboard is not built for this version, and ${builds} cannot be written (${code}): ${remedy}, then start again.`,
			{ cause: error },
		);
	};
}

async function hashInputs(): Promise<string> {
	const hash = createHash("sha256");
	for (const path of await findInputs()) {
		hash.update(relative(REPOSITORY, path).replaceAll("\\", "/")).update("\0");
		hash.update(await readFile(path)).update("\0");
	}
	return hash.digest("hex").slice(0, 16);
}

/** The files that a build depends on, as absolute paths. */
export async function findInputs(): Promise<string[]> {
	const imported = (await filesIn(SERVER)).filter((path) => IMPORTED.test(path));
	const sources = [...(await filesIn(DASHBOARD)), ...imported, ...(await filesIn(join(REPOSITORY, "shared")))];
	return [...sources, join(REPOSITORY, "package-lock.json")];
}

async function filesIn(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

/** Bundling blocks for seconds and takes much memory, so it runs outside the server process. */
function bundleInChildProcess(outDir: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const variables = Object.entries(process.env).filter(
			([name]) => !SECRET_SETTINGS.includes(name) && !SECRET_VARIABLE.test(name),
		);
		const child = spawn(process.execPath, [fileURLToPath(import.meta.url), outDir], {
			stdio: ["pipe", "ignore", "pipe"],
			// Tests must not leave a development build behind for the server to serve.
			env: { ...Object.fromEntries(variables), NODE_ENV: "production" },
		});
		let errors = "";
		child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
		child.on("error", reject);
		child.on("close", (code) => {
			if (code === 0) resolve();
			else reject(new DashboardError(explain(errors.trim())));
		});
	});
}

function explain(errors: string): string {
	// npm leaves it out if npm's own Node is too old for it, and is silent about that.
	if (errors.includes("Cannot find native binding"))
		return "The dashboard cannot be built, because npm has left out a part of the bundler: delete node_modules, run `npm ci` with Node 20 or newer, then start again.";
	return `The dashboard failed to build. Fix the errors below, then start again.\n${errors}`;
}

async function publish(unfinished: string, ready: string): Promise<void> {
	try {
		await rename(unfinished, ready);
	} catch (error) {
		if (!existsSync(ready)) throw error;
	}
}

async function removeOldBuilds(builds: string): Promise<void> {
	const paths = (await readdir(builds)).map((name) => join(builds, name));
	// Another process may have renamed its build just now: then it counts as the newest.
	const age = (path: string) =>
		stat(path).then(
			({ mtimeMs }) => mtimeMs,
			() => Infinity,
		);
	const dated = await Promise.all(paths.map(async (path) => ({ path, at: await age(path) })));
	const newestFirst = dated.toSorted((one, other) => other.at - one.at);
	for (const { path } of newestFirst.slice(BUILDS_KEPT)) await rm(path, { recursive: true, force: true });
}

if (import.meta.main) {
	// The pipe closes with the parent, however it exits.
	process.stdin.on("end", () => process.exit(1)).resume();
	const { bundle } = await import("./bundle.ts");
	await bundle(process.argv[2] ?? "");
	process.exit(0);
}
