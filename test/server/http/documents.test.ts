import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { build } from "../helper.ts";

describe("the API's description and its page", () => {
	it("are made once, and answered with 304 to who has them", async () => {
		const { app } = await build();
		// The tests' own look at the description.
		await app.inject("/healthz");
		const make = vi.spyOn(app, "swagger");
		for (const url of ["/docs", "/openapi.json"]) {
			make.mockClear();
			const first = await app.inject(url);
			expect(first.headers["cache-control"]).toBe("no-cache");
			expect((await app.inject(url)).body).toBe(first.body);
			expect(make).toHaveBeenCalledTimes(1);
			const headers = { "if-none-match": String(first.headers.etag) };
			expect(await app.inject({ url, headers })).toMatchObject({ statusCode: 304, body: "" });
			expect((await app.inject({ url, headers: { "if-none-match": '"other"' } })).statusCode).toBe(200);
		}
	});
});

describe("the dashboard's files", () => {
	async function served() {
		const folder = await mkdtemp(join(tmpdir(), "auxvyn-dashboard-"));
		onTestFinished(() => rm(folder, { recursive: true, force: true }));
		await mkdir(join(folder, "assets"));
		await writeFile(join(folder, "index.html"), "<p>page</p>");
		await writeFile(join(folder, "secrets.txt"), "no");
		await writeFile(join(folder, "assets/index-1.js"), "script()");
		await writeFile(join(folder, "assets/index-1.js.br"), "compressed");
		const { app } = await build({ dashboard: folder });
		const ask = (url: string, headers: Record<string, string> = {}) =>
			app.inject({ url, headers: { host: "localhost:8787", ...headers } });
		return { folder, ask };
	}

	it("are kept in memory, with their types and how long browsers may keep them", async () => {
		const { folder, ask } = await served();
		await rm(folder, { recursive: true });
		const page = await ask("/workspaces/any/keys");
		expect([page.body, page.headers["content-type"], page.headers["cache-control"]]).toEqual([
			"<p>page</p>",
			"text/html; charset=utf-8",
			"no-cache",
		]);
		const script = await ask("/assets/index-1.js");
		expect([script.body, script.headers["content-type"], script.headers["cache-control"]]).toEqual([
			"script()",
			"text/javascript; charset=utf-8",
			"public, max-age=31536000, immutable",
		]);
		const known = await ask("/", { "if-none-match": String(page.headers.etag) });
		expect([known.statusCode, known.body]).toEqual([304, ""]);
		for (const url of ["/assets/none.js", "/assets/..%2findex.html", "/secrets.txt", "/assets/index-1.js.br"]) {
			expect((await ask(url)).statusCode, url).toBe(404);
		}
	});

	it.each([
		["gzip, deflate, br", true],
		["br;q=0.5", true],
		["gzip, br;q=0", false],
		["gzip", false],
		["brotli", false],
	])("are compressed or not for a client that takes %s", async (encodings, isCompressed) => {
		const { ask } = await served();
		const { body, headers } = await ask("/assets/index-1.js", { "accept-encoding": encodings });
		expect([body, headers["content-encoding"]]).toEqual(isCompressed ? ["compressed", "br"] : ["script()", undefined]);
		expect(headers["vary"]).toBe("Accept-Encoding");
		expect((await ask("/assets/index-1.js")).headers.etag === headers.etag).toBe(!isCompressed);
	});
});
