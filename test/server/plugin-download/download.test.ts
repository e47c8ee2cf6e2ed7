import { globSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";

import Fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";

import { committedModel } from "../../../plugin/build/model-files.ts";
import { readValue } from "../../../plugin/build/model-values.ts";
import { REPOSITORY } from "../../../plugin/build/repository.ts";
import { problemBody } from "../../../server/errors/problem-body.ts";
import { ProblemError } from "../../../server/errors/problem-error.ts";
import { pluginDownload } from "../../../server/plugin-download/index.ts";
import type { Problem } from "../../../shared/wire.ts";

const PLUGIN = "/plugin/Auxvyn.rbxmx";
const CLIENT = "/plugin/Client.rbxmx";
const PUBLIC_URL = "https://keys.example.com";

/** A server with only the download. `files`: in place of those in the repository. */
async function serve(files?: Record<string, string>) {
	const app = Fastify();
	app.setErrorHandler((error, _, reply) => {
		if (!(error instanceof ProblemError)) throw error;
		return reply.code(error.statusCode).headers(error.headers).send(problemBody(error));
	});
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-download-"));
	for (const [name, content] of Object.entries(files ?? {})) await writeFile(path.join(folder, name), content);
	await app.register(pluginDownload, {
		publicUrl: PUBLIC_URL,
		...(files !== undefined && { fileOf: (model: string) => path.join(folder, model) }),
	});
	onTestFinished(async () => {
		await app.close();
		await rm(folder, { recursive: true });
	});
	return { app, folder };
}

describe("the plugin download", () => {
	test("is the plugin in the repository with the server's configured address, as an attachment", async () => {
		const { app } = await serve();
		const response = await app.inject({
			url: PLUGIN,
			headers: { host: "evil.example", "x-forwarded-host": "evil.example" },
		});
		expect(response.statusCode).toBe(200);
		const committed = await readFile(committedModel("Auxvyn.rbxmx"), "utf8");
		expect(response.body === committed.replace("http://localhost:8787", PUBLIC_URL)).toBe(true);
		expect(readValue(response.body, "ServerAddress")).toBe(PUBLIC_URL);
		expect(response.headers).toMatchObject({
			"content-type": "application/octet-stream",
			"content-disposition": 'attachment; filename="Auxvyn.rbxmx"',
			"x-content-type-options": "nosniff",
			"cache-control": "no-cache",
		});
	});

	test("says which version it is", async () => {
		const { app } = await serve();
		const { headers } = await app.inject({ method: "HEAD", url: PLUGIN });
		expect(headers["x-auxvyn-plugin"]).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
		expect(headers["x-auxvyn-plugin"]).toBe(
			readValue(await readFile(committedModel("Auxvyn.rbxmx"), "utf8"), "Version"),
		);
	});

	test("supports HEAD, and responds with 304 if unchanged", async () => {
		const { app } = await serve();
		const head = await app.inject({ method: "HEAD", url: PLUGIN });
		expect(head).toMatchObject({ statusCode: 200, body: "" });
		const { etag } = head.headers;
		const again = await app.inject({ url: PLUGIN, headers: { "if-none-match": `"other", W/${String(etag)}` } });
		expect(again).toMatchObject({ statusCode: 304, body: "" });
		const changed = await app.inject({ url: PLUGIN, headers: { "if-none-match": '"other"' } });
		expect(changed.statusCode).toBe(200);
	});

	test("is served from memory, and compressed for clients that can take it", async () => {
		const built = await readFile(committedModel("Auxvyn.rbxmx"), "utf8");
		const { app, folder } = await serve({ "Auxvyn.rbxmx": built });
		await rm(path.join(folder, "Auxvyn.rbxmx"));
		const plain = await app.inject(PLUGIN);
		expect(plain.statusCode).toBe(200);
		const compressed = await app.inject({ url: PLUGIN, headers: { "accept-encoding": "gzip, br" } });
		expect(compressed.headers).toMatchObject({ "content-encoding": "br", vary: "Accept-Encoding" });
		expect(brotliDecompressSync(compressed.rawPayload).toString() === plain.body).toBe(true);
		expect(compressed.headers.etag).not.toBe(plain.headers.etag);
	});

	test.each([
		["missing", {}],
		["damaged", { "Auxvyn.rbxmx": "<roblox></roblox>" }],
		["something else", { "Auxvyn.rbxmx": "<<<<<<< HEAD\n<roblox></roblox>" }],
	])("is refused, with what to do, if its file is %s", async (_, files) => {
		const { app } = await serve(files);
		const refused = await app.inject(PLUGIN);
		expect(refused.json<Problem>()).toMatchObject({ status: 503, code: "plugin_unavailable" });
		expect(refused.json<Problem>().detail).toContain("git checkout plugin/");
	});
});

test("the runtime's download is the module in the repository as it is", async () => {
	const { app } = await serve();
	const response = await app.inject(CLIENT);
	expect(response.statusCode).toBe(200);
	expect(response.body === (await readFile(committedModel("Client.rbxmx"), "utf8"))).toBe(true);
	expect(response.headers["content-disposition"]).toBe('attachment; filename="Client.rbxmx"');
});

test("the server imports nothing that builds the plugin", () => {
	const root = path.join(REPOSITORY, "server");
	const files = globSync("**/*.{ts,tsx,js}", { cwd: root });
	const imported = files.flatMap((file) => [
		...readFileSync(path.join(root, file), "utf8").matchAll(/from "[./]*plugin\/build\/([^"]+)"/g),
	]);
	expect(new Set(imported.map(([, name]) => name))).toEqual(new Set(["model-files.ts", "model-values.ts"]));
});
