import { expect, test } from "vitest";

import { usePages } from "./pages.ts";

const pages = usePages();

const AWAY = {
	status: 503,
	headers: { "retry-after": "30" },
	contentType: "application/problem+json",
	body: JSON.stringify({ status: 503, code: "storage_unavailable", title: "Service Unavailable", detail: "Later." }),
};

test("a page that is opened while the database is away says so, and goes on by itself once it is back", async () => {
	const account = await pages.server.signUp("Rin");
	await account.createKey("Production");
	const page = await pages.open("/favicon.svg", account);
	await page.clock.install();
	let isAway = true;
	await page.route("**/api/start*", (route) => (isAway ? route.fulfill(AWAY) : route.continue()));
	await page.goto(pages.server.url);
	const failure = page.getByRole("alert").filter({ hasText: "The server cannot reach its database" });
	await failure.waitFor();
	await page.clock.runFor(5_100);
	await failure.waitFor();
	isAway = false;
	await page.clock.runFor(5_100);
	await page.getByRole("row", { name: /Production/ }).waitFor();
	expect(await failure.count()).toBe(0);
});

test("an answer that is not the server's own does not mean that there is no plugin", async () => {
	const account = await pages.server.signUp("Rin");
	await account.createKey("Production");
	const page = await pages.open("/pair", account);
	await page.route("**/plugin/**", (route) => route.fulfill({ status: 503, body: "" }));
	const answered = page.waitForResponse(
		(response) => response.url().includes("/plugin/") && response.request().method() === "GET",
	);
	await page.getByRole("link", { name: "Auxvyn" }).click();
	await answered;
	await page.getByRole("row", { name: /Production/ }).waitFor();
	await page.getByRole("link", { name: "Get the Studio plugin" }).waitFor();
	expect(await page.getByText("There is no plugin to download.").count()).toBe(0);
});
