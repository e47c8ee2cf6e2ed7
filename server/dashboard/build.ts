import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const DASHBOARD = fileURLToPath(new URL(".", import.meta.url));
const SERVER = join(DASHBOARD, "..");
const REPOSITORY = join(SERVER, "..");
const BUILDS = join(REPOSITORY, "build", "dashboard");
/** The server's files that the dashboard imports: see `server/lint/browser-imports.js`. */
const IMPORTED = /\.schema\.ts$|http[\\/](schema-parts|wire-schema)\.ts$|[\\/]folded-text\.ts$/;
/** Older builds may still be served by a server that has not restarted. */
const BUILDS_KEPT = 5;
/** Variables with these names are not passed to the bundler. */
const SECRET_VARIABLE = /SECRET|TOKEN|PASSWORD/i;

/**
 * Bundles the dashboard if its sources have changed, and resolves to the directory to serve. Each state of the sources
 * has its own directory, which appears complete and never changes: neither a server reading it nor a concurrent build
 * is disturbed.
 * @throws Error with the bundler's output if the build fails
 */
export async function buildDashboard(builds = BUILDS): Promise<string> {
	const ready = join(builds, await hashInputs());
	if (existsSync(ready)) return ready;
	await mkdir(builds, { recursive: true });
	const unfinished = await mkdtemp(join(builds, ".unfinished-"));
	try {
		await bundleInChildProcess(unfinished);
		await publish(unfinished, ready);
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
	await removeOldBuilds(builds);
	return ready;
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
		const variables = Object.entries(process.env).filter(([name]) => !SECRET_VARIABLE.test(name));
		const child = spawn(process.execPath, [fileURLToPath(import.meta.url), "--bundle-into", outDir], {
			stdio: ["pipe", "ignore", "pipe"],
			// Tests must not leave a development build behind for the server to serve.
			env: { ...Object.fromEntries(variables), NODE_ENV: "production" },
		});
		let errors = "";
		child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
		child.on("error", reject);
		child.on("close", (code) => {
			if (code === 0) resolve();
			else
				reject(new Error(`The dashboard failed to build. Fix the errors below, then start again.\n${errors.trim()}`));
		});
	});
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
	const [option, outDir] = process.argv.slice(2);
	if (option === "--bundle-into" && outDir !== undefined) {
		// The pipe closes with the parent, however it exits.
		process.stdin.on("end", () => process.exit(1)).resume();
		const { bundle } = await import("./bundle.ts");
		await bundle(outDir);
		process.exit(0);
	}
	console.log(await buildDashboard());
}
