import { describe, expect, test } from "vitest";

import { day } from "../../server/dashboard/ui/format.ts";
import { GAME_SERVER, PLUGIN } from "../game.ts";
import { axeFindings } from "./axe.ts";
import { exampleClock } from "./example-workspace.ts";
import { usePages } from "./pages.ts";
import type { Account } from "./server.ts";
import { connectFromStudio } from "./studio.ts";

const clock = exampleClock();
const pages = usePages({ clock });

const pathOf = (workspaceId: string, keyId: string) => `/workspaces/${workspaceId}/keys/${keyId}`;
const TWO_HOURS_IN_DAYS = 2 / 24;

async function pair(account: Account, label: string, reported: Record<string, string> = {}) {
	const studio = await connectFromStudio(pages.server.url, reported);
	const approval = { workspaceId: account.workspaceId, label };
	await account.request("POST", `/api/pairings/${studio.user_code}/approve`, approval);
	return studio.fetchKey();
}

describe("rotation is ticked off", () => {
	test("with a reconnect in Studio, up to revoking the old key", async () => {
		clock.setDaysAgo(TWO_HOURS_IN_DAYS);
		const account = await pages.server.signUp("Rin");
		const old = await pair(account, "Production");
		await pages.server.useKey(old.access_token, GAME_SERVER);
		clock.setPresent();
		const page = await pages.open(`${pathOf(account.workspaceId, old.key.id)}#rotate`, account);
		await page.getByText("Plugins › Auxvyn › Reconnect").waitFor();
		await page.getByRole("heading", { name: "Rotation" }).and(page.locator(":focus")).waitFor();
		const steps = page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });
		const done = steps.filter({ has: page.getByRole("img", { name: "Done" }) });

		const next = await pair(account, "Production, new", { intent: "reconnect", key_id: old.key.id });
		await done.filter({ hasText: `…${next.access_token.slice(-4)}, by Rin in Studio` }).waitFor();
		expect(await done.count()).toBe(1);
		await page.getByText("Studio has fetched the new key and not installed it yet.").waitFor();
		await pages.server.useKey(next.access_token, PLUGIN);
		await done.filter({ hasText: "By the plugin, in Crystal Caverns" }).waitFor();
		await page.getByText("It keeps working until you revoke it.").waitFor();
		expect(await done.count()).toBe(2);
		await pages.server.useKey(next.access_token, { ...GAME_SERVER, "x-auxvyn-place-version": "8" });
		await done.filter({ hasText: "Published" }).getByText("First server on version 8 seen").waitFor();
		const wait = steps.filter({ hasText: "Checking that nothing needs the old key" });
		await wait.getByText("In Crystal Caverns, servers with an older runtime used it 2 h ago").waitFor();
		await page.getByRole("button", { name: "Revoke now" }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
		await done.filter({ hasText: "Old key deleted" }).waitFor();
		await page.getByText("Rin deleted the key Production, which a new key replaces").waitFor();
		expect(await done.count()).toBe(5);
		expect(await pages.server.useKey(old.access_token, GAME_SERVER)).toBe(401);
	});

	test("with a key generated here, and suggests waiting while the old one is in use", async () => {
		clock.setPresent();
		const account = await pages.server.signUp("Rin");
		const { key, secret } = await account.createKey("Production");
		await account.createKey(`Production, ${day(new Date().toISOString(), Date.now())}`);
		await pages.server.useKey(secret, GAME_SERVER);
		const page = await pages.open(pathOf(account.workspaceId, key.id), account);
		await page.getByRole("button", { name: "Rotate" }).click();
		const steps = page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });
		const done = steps.filter({ has: page.getByRole("img", { name: "Done" }) });
		await steps.filter({ hasText: "Generate a new key" }).waitFor();
		await steps.filter({ hasText: "Publish the place" }).getByText("needs a public https address").waitFor();
		expect(await done.count()).toBe(0);
		expect(await axeFindings(page)).toEqual([]);

		// Another key has the label with the day alone.
		await expect.poll(() => page.getByLabel("Label").inputValue()).toMatch(/^Production, \d+ \w+ \d\d:\d\d$/);
		// The step is ticked off, and its form gone, before the response with the key arrives. It must not get lost.
		const answer = Promise.withResolvers<undefined>();
		await page.route(/\/keys$/, async (route) => {
			const response = await route.fetch();
			await answer.promise;
			await route.fulfill({ response });
		});
		await page.getByRole("button", { name: "Generate" }).click();
		await done.filter({ hasText: "New key generated" }).waitFor();
		await page.getByRole("link", { name: "People" }).dispatchEvent("click");
		await page.getByRole("status").getByText("The new key is about to be shown here").waitFor();
		answer.resolve(undefined);
		const dialog = page.getByRole("dialog");
		const next = (await dialog.locator("code").textContent()) ?? "";
		await dialog.getByRole("button", { name: "Copy", exact: true }).click();
		await dialog.getByRole("button", { name: "Close" }).click();
		await done
			.filter({
				hasText: new RegExp(`Production, \\d+ \\w+ \\d\\d:\\d\\d …${next.slice(-4)}, by Rin in the dashboard`),
			})
			.waitFor();
		await page.getByRole("heading", { name: "Rotation" }).and(page.locator(":focus")).waitFor();
		await page.getByText("Being replaced by").waitFor();
		expect(await done.count()).toBe(1);

		await pages.server.useKey(next);
		await done.filter({ hasText: "Script updated" }).waitFor();
		expect(await done.count()).toBe(2);
		await pages.server.useKey(next, GAME_SERVER);
		await done.filter({ hasText: "New key in use, without a new version" }).waitFor();
		expect(await page.getByText("needs a public https address").count()).toBe(0);
		await steps.filter({ hasText: "1 server still uses the old key" }).waitFor();
		await page.getByRole("button", { name: "Revoke now" }).click();
		const deletion = page.getByRole("alertdialog");
		await deletion.getByText("This cuts off 1 live game server on version 7.").waitFor();
		await deletion.getByRole("link", { name: "retire it" }).waitFor();
		await deletion.getByRole("button", { name: "Cancel" }).click();
		expect(await pages.server.useKey(secret, GAME_SERVER)).toBe(200);

		await page
			.getByRole("link", { name: `…${next.slice(-4)}` })
			.first()
			.click();
		await page.getByText("which 1 server still uses").waitFor();
		await page
			.getByText(/^Rin generated the key Production, \d+ \w+ \d\d:\d\d to replace the key Production …/)
			.waitFor();
		await page.getByText("It replaces").getByRole("link").click();
		await page.getByRole("heading", { name: "Rotation" }).waitFor();
	});
});
