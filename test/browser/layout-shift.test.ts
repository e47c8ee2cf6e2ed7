import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";

import { openCode } from "./open-code.ts";
import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";

const pages = usePages();

async function top(element: Locator): Promise<number> {
	return (await element.boundingBox())?.y ?? NaN;
}

describe("nothing moves under the pointer", () => {
	test.each([1200, 360])("when the old key's fate is chosen, %d px wide", async (width) => {
		const account = await pages.server.signUp("Rin");
		const old = await account.createKey("Crystal Caverns");
		const studio = await connectFromStudio(pages.server.url, { intent: "reconnect" }, { key: old.secret });
		const page = await openCode(pages, studio.user_code, account, { viewport: { width, height: 900 } });
		const approve = page.getByRole("button", { name: "Approve" });
		await approve.waitFor();
		const before = await top(approve);
		for (const [choice, text] of [
			["Retire", "No downtime"],
			["Revoke", "Running servers are refused"],
		] as const) {
			await page.getByRole("radio", { name: choice }).check();
			await page.getByText(text).waitFor();
			expect(await page.getByText("Nothing happens to it").isVisible()).toBe(false);
			expect(await top(approve)).toBe(before);
		}
	});

	test("when the plugin's version arrives", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/healthz", account, { viewport: { width: 360, height: 740 } });
		const version = Promise.withResolvers<undefined>();
		await page.route("**/plugin/**", async (route) => {
			await version.promise;
			await route.continue();
		});
		await page.goto(pages.server.url);
		const field = page.getByLabel("Label", { exact: true });
		const before = await top(field);
		version.resolve(undefined);
		await page.getByText("Plugin version").waitFor();
		expect(before).toBeGreaterThan(0);
		expect(await top(field)).toBe(before);
	});

	test("between the pages of someone who is signed out, not even the logo", async () => {
		const page = await pages.open("/");
		const logo = page.getByRole("link", { name: "Auxvyn" });
		const before = await logo.boundingBox();
		await page.getByRole("link", { name: "Forgot your password?" }).click();
		await page.getByText("This server does not send e-mail").waitFor();
		expect(await logo.boundingBox()).toEqual(before);
	});

	test("when a new key's dialog asks before closing, with the question above the answers", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await page.getByLabel("Label", { exact: true }).fill("Production");
		await page.getByRole("button", { name: "Generate" }).click();
		const dialog = page.getByRole("dialog");
		const before = await top(dialog.getByRole("button", { name: "Close" }));
		await page.keyboard.press("Escape");
		const question = dialog.getByText("Close without copying?");
		await question.waitFor();
		const anyway = dialog.getByRole("button", { name: "Close anyway" });
		expect(await top(anyway)).toBe(before);
		expect(await top(question)).toBeLessThan(before);
		await dialog.getByRole("button", { name: "Keep open" }).and(page.locator(":focus")).waitFor();
	});

	test("when a key is renamed, whose field takes the width of the row", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/", account);
		await page.getByRole("button", { name: "Rename" }).click();
		const field = await page.getByLabel("New label").boundingBox();
		const table = await page.getByRole("table").boundingBox();
		expect(field?.width).toBeGreaterThan((table?.width ?? NaN) / 2);
	});

	test("when another tab is selected", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		const tabs = page.getByRole("navigation", { name: "Workspace" }).getByRole("link");
		const lefts = async () => Promise.all((await tabs.all()).map(async (tab) => (await tab.boundingBox())?.x));
		await page.getByRole("link", { name: "API Keys" }).and(page.locator("[aria-current]")).waitFor();
		const before = await lefts();
		await page.getByRole("link", { name: "Security" }).click();
		await page.getByRole("link", { name: "Security" }).and(page.locator("[aria-current]")).waitFor();
		expect(await lefts()).toEqual(before);
	});
});
