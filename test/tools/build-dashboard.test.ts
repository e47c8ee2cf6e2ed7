import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, normalize, sep } from "node:path";

import { build, type Rolldown } from "vite";
import { expect, onTestFinished, test, vi } from "vitest";

import { SECRET_SETTINGS } from "../../server/config.ts";
import { buildDashboard, findInputs } from "../../server/dashboard/build.ts";
import viteConfig from "../../server/dashboard/vite.config.ts";

/** Bundling takes seconds, and many times as long on a busy machine. */
const PATIENT = { timeout: 120_000 };
const REPOSITORY = join(import.meta.dirname, "..", "..") + sep;

test(
	"two builds at once, which see no secret, yield one complete dashboard, and a third has nothing to do",
	PATIENT,
	async () => {
		const builds = await mkdtemp(join(tmpdir(), "auxvyn-builds-"));
		const probes = await mkdtemp(join(tmpdir(), "auxvyn-probes-"));
		for (const folder of [builds, probes]) onTestFinished(() => rm(folder, { recursive: true, force: true }));
		const [probe, seen] = [join(probes, "probe.cjs"), join(probes, "seen")];
		await writeFile(probe, `require("fs").appendFileSync(${JSON.stringify(seen)}, Object.values(process.env).join())`);
		onTestFinished(() => void vi.unstubAllEnvs());
		vi.stubEnv("NODE_OPTIONS", `--require ${probe}`);
		for (const name of [...SECRET_SETTINGS, "RCLONE_PASSWORD"]) vi.stubEnv(name, "hunter2");
		const older = await Promise.all(
			Array.from({ length: 6 }, async (_, hours) => {
				const folder = join(builds, `older-${hours}`);
				await mkdir(folder);
				await utimes(folder, 0, 3600 * hours);
				return basename(folder);
			}),
		);
		const [first, second] = await Promise.all([buildDashboard({ builds }), buildDashboard({ builds })]);
		expect(first).toBe(second);
		// A few older ones are kept: servers may still serve them. How many depends on which build ended first.
		const kept = (await readdir(builds)).filter((name) => name !== basename(first));
		expect(kept.length).toBeGreaterThan(1);
		expect(kept.length).toBeLessThan(5);
		expect(kept).toEqual(older.slice(-kept.length));
		expect(await readFile(seen, "utf8")).toContain("production");
		expect(await readFile(seen, "utf8")).not.toContain("hunter2");
		expect(await readFile(join(first, "index.html"), "utf8")).toContain('<script type="module"');

		const before = await stat(first);
		expect(await buildDashboard({ builds })).toBe(first);
		expect((await stat(first)).mtimeMs).toBe(before.mtimeMs);
	},
);

test("every source file of the dashboard is an input of its build", PATIENT, async () => {
	const { output } = (await build({
		...viteConfig,
		configFile: false,
		logLevel: "error",
		build: { ...viteConfig.build, write: false },
	})) as Rolldown.RolldownOutput;
	const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds.map(normalize) : []));
	const own = modules.filter((id) => id.startsWith(REPOSITORY) && !id.includes(`${sep}node_modules${sep}`));
	expect(own.length).toBeGreaterThan(100);
	const inputs = await findInputs();
	expect(own.filter((id) => !inputs.includes(id))).toEqual([]);
});

test("says what to do if npm, on a Node that is too old, has left out the bundler's binary", async () => {
	const builds = await mkdtemp(join(tmpdir(), "auxvyn-builds-"));
	onTestFinished(() => rm(builds, { recursive: true, force: true }));
	const fault = join(builds, "fault.cjs");
	await writeFile(fault, `throw new Error("Cannot find native binding. npm has a bug");`);
	vi.stubEnv("NODE_OPTIONS", `--require ${fault}`);
	onTestFinished(() => void vi.unstubAllEnvs());
	await expect(buildDashboard({ builds })).rejects.toThrow(/^The dashboard cannot be built, .* Node 20 or newer/);
	expect(await readdir(builds)).toEqual(["fault.cjs"]);
});
