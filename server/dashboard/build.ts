import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const DASHBOARD = fileURLToPath(new URL(".", import.meta.url));
const REPOSITORY = join(DASHBOARD, "..", "..");
const BUILDS = join(REPOSITORY, "build", "dashboard");
const INPUTS = [DASHBOARD, join(REPOSITORY, "shared"), join(REPOSITORY, "package-lock.json")];
/** A server that still serves an older build has long let go of it by then. */
const KEEP_OLD_BUILDS_MS = 24 * 60 * 60 * 1000;

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
	await removeOldBuilds(ready);
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

async function removeOldBuilds(current: string): Promise<void> {
	for (const name of await readdir(dirname(current))) {
		const path = join(dirname(current), name);
		const age =
			Date.now() -
			(await stat(path).then(
				({ mtimeMs }) => mtimeMs,
				() => Date.now(),
			));
		if (path !== current && age > KEEP_OLD_BUILDS_MS) await rm(path, { recursive: true, force: true });
	}
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
