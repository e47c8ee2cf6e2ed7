import { expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };

const pages = usePages();

test("the API's page has nothing that axe finds, light or dark, and fits on a phone", async () => {
	const page = await pages.open("/docs");
	await page.getByRole("heading", { name: "Auxvyn API" }).waitFor();
	await page.setViewportSize(PHONE);
	expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(PHONE.width);
	await page.setViewportSize(DESKTOP);
	// All operations, shapes and errors are made alike, and axe would take ten seconds for all of them.
	const surplus = ".group > article:nth-of-type(n + 3), .contents li li:nth-child(n + 3), .errors tr:nth-child(n + 3)";
	await page.evaluate(`for (const each of document.querySelectorAll("${surplus}")) each.remove()`);
	expect(await axeFindings(page)).toEqual([]);
});

test("the API's page loads nothing from elsewhere, and its contents stay visible and follow the reader", async () => {
	const page = await pages.open("/");
	const urls: string[] = [];
	page.on("request", (request) => urls.push(request.url()));
	await page.goto(`${pages.server.url}/docs#post-oauth-introspect`);
	const contents = page.getByRole("navigation", { name: "API" });
	await contents.locator('a[aria-current="true"]', { hasText: "/oauth/introspect" }).waitFor();
	expect((await contents.boundingBox())?.y).toBe(56);
	expect(urls.filter((url) => !url.startsWith(pages.server.url))).toEqual([]);
	expect(urls.some((url) => url.endsWith(".woff2"))).toBe(true);
});

test("the filter leaves what it names, by path, summary or code", async () => {
	const page = await pages.open("/docs");
	const links = page.getByRole("navigation", { name: "API" }).locator("li li a:visible");
	const all = await links.count();
	await page.getByRole("searchbox", { name: "Filter the contents" }).fill("not_a_successor");
	expect(await links.allInnerTexts()).toEqual([expect.stringMatching(/POST\s+…\/keys\/\{keyId\}\/retire/)]);
	await page.getByRole("searchbox", { name: "Filter the contents" }).fill("");
	expect(await links.count()).toBe(all);
});

test("an example is copied as it is shown, and the dashboard's menu leads here", async () => {
	const page = await pages.open("/", await pages.server.signUp("Kim"));
	await page.getByRole("button", { name: "Account of Kim" }).click();
	await page.getByRole("menuitem", { name: "API reference" }).click();
	await page.getByRole("heading", { name: "Auxvyn API" }).waitFor();
	await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
	const example = page.locator("#get-v1-whoami figure").first();
	await example.getByRole("button", { name: "Copy curl" }).click();
	await example.getByText("Copied").waitFor();
	expect(await page.evaluate<string>("navigator.clipboard.readText()")).toBe(await example.locator("code").innerText());
});
