import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { buildDashboard } from "../../server/dashboard/build.ts";
import { openCode } from "./open-code.ts";
import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";

const FIRST_LOAD_MAX_BYTES = 61_000;
const pages = usePages();

function sidewaysScroll(page: Page): Promise<number> {
	return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

describe("the served dashboard", () => {
	test("does not scroll sideways on a phone 360 px wide", async () => {
		const account = await pages.server.signUp("Rin");
		const phone = { viewport: { width: 360, height: 740 } };
		const page = await pages.open("/", account, phone);
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
		expect(await sidewaysScroll(page)).toBe(0);

		await account.createKey("A label as long as labels may be, which is sixty-four characters");
		await page.reload();
		await page.getByRole("row", { name: /A label/ }).waitFor();
		expect(await sidewaysScroll(page)).toBe(0);
		await page.getByLabel("Label").fill("W".repeat(64));
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("dialog").waitFor();
		expect(await sidewaysScroll(page)).toBe(0);

		const { user_code } = await connectFromStudio(pages.server.url, { intent: "reconnect" });
		const pairPage = await openCode(pages, user_code, account, phone);
		await pairPage.getByRole("button", { name: "Approve" }).waitFor();
		expect(await sidewaysScroll(pairPage)).toBe(0);
	});

	test("sends requests only to its own server", async () => {
		const requested: string[] = [];
		const page = await pages.open("/pair", await pages.server.signUp("Rin"));
		page.on("request", (request) => requested.push(new URL(request.url()).origin));
		await page.goto(pages.server.url);
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
		expect([...new Set(requested)]).toEqual([pages.server.url]);
	});

	test("loads at most 61 kB of gzipped JavaScript for the first page", async () => {
		const folder = await buildDashboard();
		const page = await readFile(join(folder, "index.html"), "utf8");
		const first = [...page.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map((match) => String(match[1]));
		const sizes = await Promise.all(first.map(async (path) => gzipSync(await readFile(join(folder, path))).length));
		expect(sizes.length).toBeGreaterThan(0);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_MAX_BYTES);
	});

	test("answers unknown URLs with a page for browsers, and problem details for other clients", async () => {
		const page = await pages.open("/no/such/page", await pages.server.signUp("Rin"));
		await page.getByRole("heading", { name: "Page not found" }).waitFor();
		const status = (accept: string, path = "/no/such/page") =>
			fetch(pages.server.url + path, { headers: { accept } }).then(({ status, headers }) => [
				status,
				headers.get("content-type")?.split(";")[0],
			]);
		expect(await status("text/html")).toEqual([404, "text/html"]);
		expect(await status("application/json")).toEqual([404, "application/problem+json"]);
		expect(await status("text/html", "/api/nothing")).toEqual([404, "application/problem+json"]);
	});

	test("redirects pages requested under another local name to PUBLIC_URL, query included", async () => {
		const { port } = new URL(pages.server.url);
		const elsewhere = `http://127.0.0.1:${port}`;
		const page = await fetch(`${elsewhere}/pair?code=WDJB-MJHT`, { redirect: "manual" });
		expect([page.status, page.headers.get("location")]).toEqual([302, `${pages.server.url}/pair?code=WDJB-MJHT`]);
		expect((await fetch(`${elsewhere}/v1/whoami`, { redirect: "manual" })).status).toBe(401);
		expect((await fetch(`${elsewhere}/api/workspaces`, { redirect: "manual" })).status).toBe(401);
	});

	test("lets browsers cache hashed files for ever, but revalidate the page", async () => {
		const page = await fetch(`${pages.server.url}/workspaces/anything/keys`);
		expect(page.headers.get("cache-control")).toBe("no-cache");
		const script = /src="(\/assets\/[^"]+)"/.exec(await page.text())?.[1] ?? "";
		const file = await fetch(pages.server.url + script);
		expect(file.headers.get("cache-control")).toContain("immutable");
		expect((await fetch(`${pages.server.url}/assets/..%2findex.html`)).status).toBeGreaterThanOrEqual(400);
	});
});
