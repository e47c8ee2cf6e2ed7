import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";

import { loadConfig } from "../../server/config.ts";
import { buildDashboard } from "../../server/dashboard/build.ts";
import { pages } from "../../server/http/pages.ts";
import { security } from "../../server/http/security.ts";

test("two builds at once end with one whole dashboard, and a third has nothing to do", async () => {
	const builds = await mkdtemp(join(tmpdir(), "auxvyn-builds-"));
	onTestFinished(() => rm(builds, { recursive: true, force: true }));
	const [first, second] = await Promise.all([buildDashboard(builds), buildDashboard(builds)]);
	expect(first).toBe(second);
	expect(await readdir(builds)).toEqual([basename(first)]);
	expect(await readFile(join(first, "index.html"), "utf8")).toContain('<script type="module"');

	const before = await stat(first);
	expect(await buildDashboard(builds)).toBe(first);
	expect((await stat(first)).mtimeMs).toBe(before.mtimeMs);
});

test("a dashboard that does not build is said on the page, without what is wrong in it", async () => {
	const app = Fastify();
	onTestFinished(() => app.close());
	const config = loadConfig({});
	await app.register(security, { config });
	await app.register(pages, { config, dashboard: Promise.reject(new Error("secret.tsx:1 is broken")) });
	const page = await app.inject("/");
	expect(page.statusCode).toBe(503);
	expect(page.body).toContain("The dashboard could not be built");
	expect(page.body).not.toContain("secret.tsx");
});
