import { expect, test } from "vitest";

import { usePages } from "./pages.ts";

const MISSING = "The plugin's file is missing on the server, or damaged.";

const pages = usePages();

test("a workspace with keys still links to the plugin download and to connecting a place", async () => {
	const account = await pages.server.signUp("Rin");
	await account.createKey("Production");
	const page = await pages.open("/pair", account);
	const methods: string[] = [];
	await page.route("**/plugin/**", async (route) => {
		methods.push(route.request().method());
		await route.fulfill({ status: 200, body: "" });
	});
	await page.getByRole("link", { name: "Auxvyn" }).click();
	const download = page.getByRole("link", { name: "Get the Studio plugin" });
	await download.waitFor();
	expect(await download.getAttribute("download")).toBe("Auxvyn.rbxmx");
	expect(methods).toEqual(["HEAD"]);
	await page.getByRole("link", { name: "Connect a place" }).click();
	await page.getByRole("heading", { name: "Connect a place from Studio" }).waitFor();
});

test("an empty workspace offers the plugin by what the button does", async () => {
	const page = await pages.open("/", await pages.server.signUp("Rin"));
	const download = page.getByRole("link", { name: "Download Auxvyn.rbxmx" });
	expect(await download.getAttribute("download")).toBe("Auxvyn.rbxmx");
});

test("a missing plugin is reported in place of the download", async () => {
	const page = await pages.open("/pair", await pages.server.signUp("Rin"));
	const problem = { status: 503, title: "Service Unavailable", code: "plugin_unavailable", detail: MISSING };
	await page.route("**/plugin/**", (route) =>
		route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) }),
	);
	await page.getByRole("link", { name: "Auxvyn" }).click();
	await page.getByText(MISSING).waitFor();
});
