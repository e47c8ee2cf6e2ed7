import { describe, expect, test } from "vitest";

import { GAME_SERVER, PLAYTEST, PLUGIN } from "../game.ts";
import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();

const pathOf = (workspaceId: string, keyId: string) => `/workspaces/${workspaceId}/keys/${keyId}`;

describe("a key's page", () => {
	test("shows the key's origin and its live usage, by hour and by day", async () => {
		const account = await pages.server.signUp("Rin");
		const studio = await connectFromStudio(pages.server.url);
		const approval = { workspaceId: account.workspaceId, label: "Production" };
		await account.request("POST", `/api/pairings/${studio.user_code}/approve`, approval);
		const { access_token: secret, key } = await studio.fetchKey();
		const page = await pages.open(pathOf(account.workspaceId, key.id), account);
		await page.getByRole("heading", { name: `Production auxvyn_…${secret.slice(-4)}` }).waitFor();
		await page.getByText("Studio fetched it and has not used it yet.").waitFor();
		await page.getByText("0 accepted in 24 hours").waitFor();
		await page.getByRole("definition").filter({ hasText: "Studio, in Crystal Caverns" }).waitFor();
		await page.getByRole("definition").filter({ hasText: "1818" }).waitFor();

		for (let times = 0; times < 3; times++) await pages.server.useKey(secret, GAME_SERVER);
		await page.getByText("3 accepted in 24 hours").waitFor();
		await page.getByText("Active. Last used").waitFor();
		await page.getByText("The key Production was installed in the place Crystal Caverns").waitFor();
		const chart = page.getByRole("slider", { name: "Requests by hour" });
		await chart.focus();
		expect(await chart.getAttribute("aria-valuetext")).toMatch(/^\d\d:00–\d\d:00: 3 accepted$/);
		await page.keyboard.press("ArrowLeft");
		expect(await chart.getAttribute("aria-valuetext")).toMatch(/: 0 accepted$/);
		await page.getByRole("radio", { name: "30 days" }).check();
		await page.getByText("3 accepted in 30 days").waitFor();
		expect(await page.getByRole("slider", { name: "Requests by day" }).getAttribute("aria-valuemax")).toBe("30");
		expect(await page.getByRole("table", { name: "Requests in 30 days" }).getByRole("row").count()).toBe(31);
	});

	test("shows playtests and the plugin apart from the game", async () => {
		const account = await pages.server.signUp("Rin");
		const { key, secret } = await account.createKey("Production");
		const page = await pages.open(pathOf(account.workspaceId, key.id), account);
		await page.getByText("Active, not used by any game yet.").waitFor();
		const line = (name: string) =>
			page.getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd");
		for (const name of ["Studio", "Plugin"]) await line(name).getByText("never used").waitFor();
		for (let times = 0; times < 2; times++) await pages.server.useKey(secret, PLAYTEST);
		await line("Studio").getByText("2 in 24 hours, last used just now").waitFor();
		await page.getByText("Active, not used by any game yet. Last used just now, in a playtest.").waitFor();
		await pages.server.useKey(secret, PLUGIN);
		await line("Plugin").getByText("1 in 24 hours, last used just now").waitFor();
		await line("Last used").getByText("just now, by the plugin").waitFor();
		await page.getByText("0 accepted in 24 hours").waitFor();
		await pages.server.useKey(secret, GAME_SERVER);
		await page.getByText("1 accepted in 24 hours").waitFor();
		await page.getByText("Active. Last used just now.").waitFor();
	});

	test("renames and deletes the key, then shows who did it and that it is still sent", async () => {
		const account = await pages.server.signUp("Rin");
		const { key, secret } = await account.createKey("Prodution");
		const page = await pages.open(pathOf(account.workspaceId, key.id), account);
		await page.getByRole("button", { name: "Rename" }).click();
		await page.getByLabel("New label").fill("Production");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Production", level: 1 }).waitFor();
		await page.getByText("Rin renamed the key Prodution to Production").waitFor();
		expect(await page.title()).toBe("Production · Auxvyn");

		await page.getByRole("button", { name: "Delete" }).click();
		const dialog = page.getByRole("alertdialog", { name: "Delete the key “Production”?" });
		await dialog.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("status").getByText("The key “Production” was deleted.").waitFor();
		await page.getByText("Revoked by Rin just now").waitFor();
		await page.getByText("Rin deleted the key Production").waitFor();
		// Away from the chart, which would show the bar under the pointer.
		await page.mouse.move(0, 0);
		await page.getByRole("heading", { name: "Production", level: 1 }).and(page.locator(":focus")).waitFor();
		expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
		expect(await pages.server.useKey(secret, GAME_SERVER)).toBe(401);
		await page.getByText("Something has sent it since").waitFor();
		await page.getByText("0 accepted, 1 refused in 24 hours").waitFor();
	});

	test("shows everything but actions to a member who cannot manage keys", async () => {
		const account = await pages.server.signUp("Rin");
		const { key } = await account.createKey("Production");
		const guest = await pages.server.signUp("Jo");
		await joinTeam(account, guest, "member");
		const page = await pages.open(`${pathOf(account.workspaceId, key.id)}#rotate`, guest);
		await page.getByText("Rin generated the key Production").waitFor();
		await page.getByText("0 accepted in 24 hours").waitFor();
		expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
		expect(await page.getByRole("heading", { name: "Rotation" }).count()).toBe(0);
		expect(await page.getByRole("textbox").count()).toBe(0);
	});

	test("says that an unknown key was not found", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open(pathOf(account.workspaceId, "key_00000000000000000000"), account);
		await page.getByRole("heading", { name: "Key not found" }).waitFor();
	});
});
