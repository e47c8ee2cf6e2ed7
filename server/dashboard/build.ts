import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const DASHBOARD = fileURLToPath(new URL(".", import.meta.url));
const REPOSITORY = join(DASHBOARD, "..", "..");
const BUILDS = join(REPOSITORY, "build", "dashboard");
const INPUTS = [DASHBOARD, join(REPOSITORY, "shared"), join(REPOSITORY, "package-lock.json")];
/** Older ones may still be served by a server that has not been started again since. */
const BUILDS_KEPT = 5;
/** What a bundler needs of the environment is in none of these. */
const SECRET_VARIABLE = /SECRET|TOKEN|PASSWORD/i;

/**
 * Bundles the dashboard where its sources have changed since the last time, and resolves to the directory to serve.
 * Every state of the sources has a directory of its own, which appears whole and never changes: a server that reads
 * one is not disturbed by the next build, nor by another process that builds the same.
 * @throws Error with the bundler's output, where the sources do not build
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
	for (const input of INPUTS) {
		for (const path of await filesIn(input)) {
			hash.update(relative(REPOSITORY, path).replaceAll("\\", "/")).update("\0");
			hash.update(await readFile(path)).update("\0");
		}
	}
	return hash.digest("hex").slice(0, 16);
}

async function filesIn(path: string): Promise<string[]> {
	if (!(await stat(path)).isDirectory()) return [path];
	const entries = await readdir(path, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

/** Bundling is seconds of work on the event loop and much memory: not in the process that answers games. */
function bundleInChildProcess(outDir: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [fileURLToPath(import.meta.url), "--bundle-into", outDir], {
			stdio: ["pipe", "ignore", "pipe"],
			env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !SECRET_VARIABLE.test(name))),
		});
		let errors = "";
		child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
		child.on("error", reject);
		child.on("close", (code) => {
			if (code === 0) resolve();
			else reject(new Error(`The dashboard does not build: mend what follows, then start again.\n${errors.trim()}`));
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
	// Another process may just have finished what it began: then it is the newest under another name.
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
		// The parent's end of this pipe closes with the parent, however that ends.
		process.stdin.on("end", () => process.exit(1)).resume();
		const { bundle } = await import("./bundle.ts");
		await bundle(outDir);
		process.exit(0);
	}
	console.log(await buildDashboard());
}
