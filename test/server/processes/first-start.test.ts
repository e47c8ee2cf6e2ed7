import { spawnSync } from "node:child_process";
import {
	appendFile,
	chmod,
	chown,
	cp,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	symlink,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type Running, startNode } from "../../tools/helper.ts";
import { freePort } from "../free-port.ts";
import { tempDir } from "../temp-dir.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));
/** What `npm start` needs of a clone, besides its packages. */
const NEEDED = ["server", "shared", "plugin/build", "plugin/Auxvyn.rbxmx", "plugin/Client.rbxmx", "package.json"];
const LOCK = "package-lock.json";
const BUILD_TIMEOUT_MS = 120_000;
/** Whom files of root do not belong to. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const other = isRoot ? NOBODY : {};
/** Root may write everywhere, so that only another user can be kept out; who is not root can be by modes. */
const canBeKeptOut =
	process.platform !== "win32" && (!isRoot || spawnSync(process.execPath, ["--version"], NOBODY).status === 0);

let checkout = "";

/** A clone as `git clone` and `npm ci` leave it, or with only the packages that are no development packages. */
async function clone(folder: string): Promise<void> {
	for (const path of [...NEEDED, LOCK]) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await cp(join(REPOSITORY, path), join(folder, path), { recursive: true });
	}
}

async function linkPackages(folder: string, { development }: { development: boolean }): Promise<void> {
	await rm(join(folder, "node_modules"), { recursive: true, force: true });
	if (development) return symlink(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "junction");
	const { packages } = JSON.parse(await readFile(join(REPOSITORY, LOCK), "utf8")) as {
		packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
	};
	const names = Object.entries(packages)
		.filter(
			([name, { dev, optional, devOptional }]) =>
				/^node_modules\/(@[^/]+\/)?[^/]+$/.test(name) && !dev && !optional && !devOptional,
		)
		.map(([name]) => name);
	for (const name of names) {
		await mkdir(dirname(join(folder, name)), { recursive: true });
		await symlink(join(REPOSITORY, name), join(folder, name), "junction");
	}
}

/** With nothing on PATH: neither rojo, Lune, Rust nor Chromium, nor npm. */
async function start(how: { port?: number; uid?: number; gid?: number } = {}): Promise<Running & { url: string }> {
	const dataDir = await tempDir();
	if (how.uid !== undefined) await chown(dataDir, how.uid, how.gid ?? how.uid);
	const port = how.port ?? (await freePort());
	const env = { PATH: await tempDir(), PORT: String(port), DATA_DIR: dataDir };
	const { uid, gid } = how;
	const run = startNode(["server/start.js"], { cwd: checkout, env, ...(uid !== undefined && { uid, gid }) });
	return { ...run, url: `http://localhost:${port}` };
}

/** Every kind of thing that a page consists of. */
async function expectPages(url: string): Promise<void> {
	expect((await fetch(`${url}/readyz`)).status).toBe(200);
	const page = await fetch(`${url}/pair`);
	expect(page.status).toBe(200);
	const assets = [...(await page.text()).matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg))"/g)].map(([, path]) => path);
	expect(assets.length).toBeGreaterThan(2);
	for (const path of assets) expect((await fetch(url + (path ?? ""))).status, path).toBe(200);
}

async function refusal(run: Running): Promise<string> {
	// If it starts after all, there is no need to wait.
	void run.says("Auxvyn is ready").then(
		() => run.process.kill("SIGTERM"),
		() => undefined,
	);
	const { code, stdout, stderr } = await run.ended;
	expect(code).toBe(1);
	expect(stdout).toBe("");
	expect(stderr).toMatch(/^.+\n$/);
	return stderr;
}

beforeAll(async () => {
	checkout = await mkdtemp(join(tmpdir(), "auxvyn-clone-"));
	await chmod(checkout, 0o755);
	await clone(checkout);
});

afterAll(async () => {
	await chmod(join(checkout, "build"), 0o755).catch(() => undefined);
	await rm(checkout, { recursive: true, force: true });
});

// In order: the first start builds what the others serve.
describe("npm start in a clone", () => {
	it("without the packages that build the dashboard, says in one line what to run", async () => {
		await linkPackages(checkout, { development: false });
		expect(await refusal(await start())).toMatch(
			/^The dashboard is not built .* run `npm ci && npm run build`, and then `npm prune --omit=dev --omit=optional`/,
		);
	});

	it(
		"builds the dashboard with nothing but Node, says so, and is reached only when every page works",
		async () => {
			await linkPackages(checkout, { development: true });
			const server = await start();
			await server.says("Building the dashboard");
			await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
			await server.says("Built the dashboard in ");
			await server.says("Auxvyn is ready");
			await expectPages(server.url);
		},
		BUILD_TIMEOUT_MS,
	);

	it("needs no development package and builds nothing once the dashboard is built", async () => {
		await linkPackages(checkout, { development: false });
		const server = await start();
		await server.says("Create the first account");
		await expectPages(server.url);
		server.process.kill("SIGTERM");
		const { stdout, stderr } = await server.ended;
		expect(stderr).toBe("");
		const forPeople = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
		expect(forPeople).toEqual([
			`Auxvyn is ready: open ${server.url}`,
			expect.stringMatching(/^Create the first account, once, within 24 hours: http:\S+\/setup#token=\S{43}$/),
		]);
	});

	it.runIf(canBeKeptOut)("serves a built clone that its user may not write", async () => {
		if (!isRoot) await chmod(join(checkout, "build"), 0o555);
		const server = await start(other);
		await server.says("Auxvyn is ready");
		await expectPages(server.url);
	});

	it.runIf(canBeKeptOut)("says in one line that it may not read a file", async () => {
		const file = join(checkout, "server", "ids.ts");
		await chmod(file, isRoot ? 0o600 : 0o000);
		expect(await refusal(await start(other))).toMatch(
			/^Cannot read \S+ids\.ts \(EACCES\): let this user read the whole/,
		);
		await chmod(file, 0o644);
	});

	it.runIf(canBeKeptOut)(
		"says in one line that it may not build there after an update",
		{ timeout: BUILD_TIMEOUT_MS },
		async () => {
			await linkPackages(checkout, { development: true });
			const [built = ""] = await readdir(join(checkout, "build", "dashboard"));
			for (const folder of ["build/dashboard", "build"]) {
				if (!isRoot) await chmod(join(checkout, folder), 0o555);
			}
			// A new file, a change in one, and other packages.
			for (const file of ["shared/updated.ts", "server/dashboard/index.html", LOCK]) {
				const before = await readFile(join(checkout, file), "utf8").catch(() => undefined);
				await appendFile(join(checkout, file), "\n");
				expect(await refusal(await start(other)), file).toMatch(
					/^The dashboard is not built for this version, and \S+ cannot be written \(EACCES\): run `npm run build` as a user who may/,
				);
				await (before === undefined ? rm(join(checkout, file)) : writeFile(join(checkout, file), before));
			}
			if (!isRoot) await chmod(join(checkout, "build"), 0o755);
			await chmod(join(checkout, "build", "dashboard"), 0o755);
			for (const file of ["theme.js", "index.html"]) {
				await chmod(join(checkout, "build", "dashboard", built, file), isRoot ? 0o600 : 0o000);
				const line = await refusal(await start(other));
				expect(line.replace(/\S+[\\/]/, "")).toMatch(
					new RegExp(`^Cannot (use|read) ${file} \\(EACCES\\): let this user read`),
				);
			}
		},
	);
});
