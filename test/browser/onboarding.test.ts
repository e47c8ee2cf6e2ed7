import { describe, expect, test } from "vitest";

import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";

const pages = usePages();

const NO_PLUGIN = "There is no plugin to download yet.";

describe("the first steps of an empty workspace", () => {
	test("tick themselves off as things happen elsewhere, and a reload takes none of it back", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/favicon.svg", account);
		// Wherever these tests run, there may be one or not.
		const none = { status: 503, title: "Service Unavailable", code: "plugin_unavailable", detail: NO_PLUGIN };
		await page.route("**/plugin/**", (route) =>
			route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(none) }),
		);
		await page.goto(pages.server.url);
		const step = (title: string) => page.getByRole("listitem").filter({ hasText: title });
		await step("Get the plugin").waitFor();
		await page.getByText("Live", { exact: true }).waitFor();
		await page.getByText("Where is Studio’s plugin folder?").click();
		await page.getByText("~/Documents/Roblox/Plugins").waitFor();
		await page.getByText(NO_PLUGIN).waitFor();
		expect(await page.getByText("Save it to").count()).toBe(0);

		const studio = await connectFromStudio(pages.server.url);
		await account.request("GET", `/api/pairings/${studio.user_code}`);
		await page.reload();
		await step("Get the plugin, done").waitFor();
		await page.getByText(NO_PLUGIN).waitFor({ state: "attached" });
		await page.getByText(NO_PLUGIN).waitFor({ state: "hidden" });

		const approval = { workspaceId: account.workspaceId, label: "Crystal Caverns" };
		await account.request("POST", `/api/pairings/${studio.user_code}/approve`, approval);
		const { access_token } = await studio.fetchKey();
		const headers = { "x-api-key": access_token, "x-auxvyn-protocol": "1" };
		await fetch(`${pages.server.url}/v1/whoami`, { headers });
		await step("Click Connect in Studio, done").waitFor();
		await page.getByRole("row", { name: /Crystal Caverns/ }).waitFor();
		await page.reload();
		await step("Click Connect in Studio, done").waitFor();

		await pages.server.useKey(access_token);
		await page.getByText("Your game is connected").waitFor();
		await page.getByRole("button", { name: "Put away" }).click();
		expect(await page.getByRole("region", { name: "First steps" }).count()).toBe(0);
		await page.reload();
		await page.getByRole("row", { name: /Crystal Caverns/ }).waitFor();
		expect(await page.getByRole("region", { name: "First steps" }).count()).toBe(0);
	});

	test("lead on from a key that was made by hand", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account);
		await page.getByText("Live", { exact: true }).waitFor();
		const { secret } = await account.createKey("Production");
		await page.getByRole("status").filter({ hasText: "A key was generated." }).waitFor();
		await page.getByRole("listitem").filter({ hasText: "Send the first request" }).waitFor();
		expect(await page.getByText("Get the plugin").count()).toBe(0);
		await pages.server.useKey(secret);
		await page.getByText("Your game is connected").waitFor();
	});

	test("claim nothing while the server does not answer, nor once it does again", async () => {
		const account = await pages.server.signUp("Rin");
		const { secret } = await account.createKey("Production");
		await pages.server.useKey(secret);
		const page = await pages.open("/", account);
		await page.getByRole("row", { name: /Production/ }).waitFor();
		await page.getByRole("link", { name: "Security" }).click();
		await page.getByRole("heading", { name: "Security", level: 1 }).waitFor();
		await page.route(/\/(first-steps|keys|events)(\?|$)/, (route) => route.abort());
		await page.getByRole("link", { name: "API Keys" }).click();
		await page.getByText("The server did not answer").waitFor();
		const steps = page.getByRole("region", { name: "First steps" });
		expect(await steps.count()).toBe(0);

		await page.unrouteAll();
		const answered = page.waitForResponse(/\/first-steps$/);
		await page.getByRole("button", { name: "Try again" }).click();
		await page.evaluate("dispatchEvent(new Event('online'))");
		await page.getByRole("row", { name: /Production/ }).waitFor();
		await (await answered).finished();
		expect(await steps.count()).toBe(0);
	});
});
