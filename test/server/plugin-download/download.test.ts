import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";

import Fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";

import { ProblemError } from "../../../server/errors/problem-error.ts";
import { type PluginBuildOptions, startPluginBuild } from "../../../server/plugin-download/background-build.ts";
import { pluginDownload } from "../../../server/plugin-download/index.ts";
import type { Problem } from "../../../shared/wire.ts";

const URL = "/plugin/Auxvyn.rbxmx";
const BUILT =
	'<roblox><Item class="StringValue" referent="1"><Properties><string name="Name">ServerAddress</string>' +
	'<string name="Value">http://localhost:8787</string></Properties></Item></roblox>';

interface Scene extends Partial<PluginBuildOptions> {
	/** The file in the build folder; none by default. */
	built?: string;
	/** The builder's JavaScript. OUTPUT is the path of the file. */
	builder?: string;
}

/** A server with only the download, and a builder given by the test. */
async function serve({ built, builder = "", ...options }: Scene) {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-download-"));
	const file = path.join(folder, "Auxvyn.rbxmx");
	if (built !== undefined) await writeFile(file, built);
	const log: string[] = [];
	const say = (text: string) => void log.push(text);
	const code = `const fs = require("node:fs"); const OUTPUT = ${JSON.stringify(file)};\n${builder}`;
	const build = startPluginBuild({
		mode: "auto",
		log: { info: say, warn: say },
		command: [process.execPath, "--eval", code],
		file,
		isFresh: () => Promise.resolve(false),
		...options,
	});
	const app = Fastify();
	app.setErrorHandler((error, _, reply) => {
		if (!(error instanceof ProblemError)) throw error;
		return reply.code(error.statusCode).headers(error.headers).send(error.body());
	});
	await app.register(pluginDownload, { publicUrl: "https://keys.example.com", build });
	onTestFinished(async () => {
		await app.close();
		await rm(folder, { recursive: true });
	});
	return { app, build, log, file };
}

describe("the plugin download", () => {
	test("is the built plugin with the server's configured address, as an attachment", async () => {
		const { app } = await serve({ built: BUILT, isFresh: () => Promise.resolve(true) });
		const response = await app.inject({
			url: URL,
			headers: { host: "evil.example", "x-forwarded-host": "evil.example" },
		});
		expect(response.statusCode).toBe(200);
		expect(response.body).toBe(BUILT.replace("http://localhost:8787", "https://keys.example.com"));
		expect(response.headers).toMatchObject({
			"content-type": "application/octet-stream",
			"content-disposition": 'attachment; filename="Auxvyn.rbxmx"',
			"x-content-type-options": "nosniff",
			"cache-control": "no-cache",
		});
	});

	test("supports HEAD, and responds with 304 if unchanged", async () => {
		const { app } = await serve({ built: BUILT, isFresh: () => Promise.resolve(true) });
		const head = await app.inject({ method: "HEAD", url: URL });
		expect(head).toMatchObject({ statusCode: 200, body: "" });
		const { etag } = head.headers;
		const again = await app.inject({ url: URL, headers: { "if-none-match": `"other", W/${String(etag)}` } });
		expect(again).toMatchObject({ statusCode: 304, body: "" });
		const changed = await app.inject({ url: URL, headers: { "if-none-match": '"other"' } });
		expect(changed.statusCode).toBe(200);
	});

	test("is made once of each build, and compressed for clients that can take it", async () => {
		const { app, file } = await serve({ built: BUILT, isFresh: () => Promise.resolve(true) });
		await utimes(file, 1, 1);
		const plain = await app.inject(URL);
		// As if it had not changed.
		await writeFile(file, BUILT.replace("roblox>", "nonsens"));
		await utimes(file, 1, 1);
		expect((await app.inject(URL)).body).toBe(plain.body);
		const compressed = await app.inject({ url: URL, headers: { "accept-encoding": "gzip, br" } });
		expect(compressed.headers).toMatchObject({ "content-encoding": "br", vary: "Accept-Encoding" });
		expect(brotliDecompressSync(compressed.rawPayload).toString()).toBe(plain.body);
		expect(compressed.headers.etag).not.toBe(plain.headers.etag);

		await writeFile(file, BUILT.replace("roblox>", "roblox  >"));
		expect((await app.inject(URL)).body).toContain("roblox  >");
	});

	test("is refused with the build's progress until the build is done", async () => {
		const { app, build, file } = await serve({
			builder: `console.error("rojo: 12 of 34 crates compiled");
				const timer = setInterval(() => {
					if (!fs.existsSync(OUTPUT + ".go")) return;
					clearInterval(timer);
					fs.writeFileSync(OUTPUT, ${JSON.stringify(BUILT)});
				}, 20);`,
		});
		await expect
			.poll(() => build.state())
			.toMatchObject({ status: "building", detail: expect.stringContaining("12 of 34") as string });
		const refused = await app.inject(URL);
		expect(refused.statusCode).toBe(503);
		expect(refused.headers["retry-after"]).toMatch(/^\d+$/);
		const problem = refused.json<Problem>();
		expect(problem.code).toBe("plugin_building");
		expect(problem.detail).toContain("12 of 34 crates compiled");

		await writeFile(`${file}.go`, "");
		await expect.poll(() => build.state().status).toBe("ready");
		expect((await app.inject(URL)).statusCode).toBe(200);
	});

	test("is refused with the reason if the build failed", async () => {
		const { app, build, log } = await serve({ builder: 'console.error("cargo is not installed"); process.exit(1);' });
		await expect.poll(() => build.state().status).toBe("failed");
		const refused = await app.inject(URL);
		expect(refused.statusCode).toBe(503);
		expect(refused.json<Problem>()).toMatchObject({ code: "plugin_unavailable" });
		expect(refused.json<Problem>().detail).toContain("cargo is not installed");
		expect(log.join("\n")).toContain("could not be built");
	});

	test("with building off, is refused without a plugin and served with one", async () => {
		const none = await serve({ mode: "off", builder: 'fs.writeFileSync(OUTPUT, "built");' });
		const refused = await none.app.inject(URL);
		expect(refused.json<Problem>()).toMatchObject({ status: 503, code: "plugin_unavailable" });
		expect(refused.json<Problem>().detail).toContain("PLUGIN_BUILD is off");

		const there = await serve({ mode: "off", built: BUILT });
		expect((await there.app.inject(URL)).statusCode).toBe(200);
	});

	test("is the old plugin while a new one is being built", async () => {
		const { app, build } = await serve({ built: BUILT, builder: "setInterval(() => {}, 1000);" });
		await expect.poll(() => build.state().status).toBe("building");
		expect((await app.inject(URL)).statusCode).toBe(200);
	});

	test("is refused if the built file is damaged", async () => {
		const { app } = await serve({ built: "<roblox></roblox>", isFresh: () => Promise.resolve(true) });
		expect((await app.inject(URL)).json<Problem>()).toMatchObject({ status: 503, code: "plugin_unavailable" });
	});
});

describe("the background builder", () => {
	test("ends with the server, including its child processes", async () => {
		const { app, log } = await serve({
			builder: `const { spawn } = require("node:child_process");
				const code = 'process.on("SIGTERM", () => { console.log("compiler ended"); process.exit(); });' +
					'setInterval(() => {}, 1000); console.log("compiler runs");';
				spawn(process.execPath, ["--eval", code], { stdio: "inherit" });
				process.on("SIGTERM", () => {});`,
		});
		await expect.poll(() => log).toContain("compiler runs");
		await app.close();
		expect(log).toContain("compiler ended");
	});

	test("does not get the server's secrets", async () => {
		const before = process.env.AUXVYN_SECRET;
		process.env.AUXVYN_SECRET = "a secret that is long enough";
		onTestFinished(() => {
			if (before === undefined) delete process.env.AUXVYN_SECRET;
			else process.env.AUXVYN_SECRET = before;
		});
		const { log } = await serve({ builder: 'console.log("secret:", process.env.AUXVYN_SECRET);' });
		await expect.poll(() => log).toContain("secret: undefined");
	});
});
