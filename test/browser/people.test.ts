import { describe, expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();

describe("the People tab", () => {
	test("says what happens to a person's keys, and does it", async () => {
		const rin = await pages.server.signUp("Rin");
		const jo = await pages.server.signUp("Jo");
		await joinTeam(rin, jo, "admin");
		const made = await jo.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "Jo's" });
		const { secret } = (await made.json()) as { secret: string };
		const page = await pages.open(`/workspaces/${rin.workspaceId}/people`, rin);
		await page.getByRole("button", { name: "Remove Jo" }).click();
		const dialog = page.getByRole("alertdialog", { name: "Remove Jo?" });
		await dialog.getByRole("group", { name: "Their 1 active key" }).waitFor();
		expect(await axeFindings(page)).toEqual([]);
		await dialog.getByRole("radio", { name: "Delete" }).check({ force: true });
		await dialog.getByText("refused at once").waitFor();
		await dialog.getByRole("button", { name: "Remove" }).click();
		// An open dialog hides the rows from the accessibility tree.
		await dialog.waitFor({ state: "detached" });
		await page.getByRole("row", { name: /Jo jo-/ }).waitFor({ state: "detached" });
		await page.getByRole("heading", { name: "In this workspace" }).and(page.locator(":focus")).waitFor();
		expect(await pages.server.useKey(secret)).toBe(401);
	});

	test("only lets a member leave, then shows another workspace", async () => {
		const rin = await pages.server.signUp("Rin");
		const jo = await pages.server.signUp("Jo");
		await joinTeam(rin, jo, "member");
		const page = await pages.open(`/workspaces/${rin.workspaceId}/people`, jo);
		await page.getByRole("row", { name: /Rin/ }).getByText("Owner").waitFor();
		expect(await page.getByRole("combobox").count()).toBe(0);
		expect(await page.getByRole("button", { name: /Create link|Remove/ }).count()).toBe(0);
		await page.getByRole("button", { name: "Leave" }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
		await page.getByRole("heading", { name: "Get the plugin" }).waitFor();
		expect(page.url()).toContain(jo.workspaceId);
	});

	test("keeps the only owner, confirms an owner stepping down, and withdraws an invitation", async () => {
		const rin = await pages.server.signUp("Rin");
		const jo = await pages.server.signUp("Jo");
		await joinTeam(rin, jo, "admin");
		const page = await pages.open(`/workspaces/${rin.workspaceId}/people`, rin);
		await page.getByRole("button", { name: "Leave" }).click();
		const dialog = page.getByRole("alertdialog");
		await dialog.getByText("You are the only owner").waitFor();
		await dialog.getByRole("button", { name: "Close" }).click();

		await page.getByRole("button", { name: "Create link" }).click();
		await page.getByRole("dialog", { name: "Send this link to one person" }).waitFor();
		expect(await axeFindings(page)).toEqual([]);
		await page.evaluate("dispatchEvent(new Event('pagehide'))");
		await page.getByRole("dialog").waitFor({ state: "detached" });
		const invitation = page.getByRole("listitem").filter({ hasText: "Link for a member" });
		await invitation.getByText(/^created by Rin, \d+ \w+ \d{4}, \d\d:\d\d:\d\d · expires \d+ \w+/).waitFor();
		await page.getByRole("button", { name: /^Withdraw the invitation for a member, created \d/ }).click();
		await page.getByRole("heading", { name: "Open invitations" }).waitFor({ state: "detached" });

		await page.getByLabel("Role of Jo").selectOption("Owner");
		await page.getByText("Jo is now an owner.").waitFor({ state: "attached" });
		await page.getByLabel("Role of Rin").selectOption("Admin");
		await dialog.waitFor();
		expect(await axeFindings(page)).toEqual([]);
		await page.keyboard.press("Escape");
		await dialog.waitFor({ state: "detached" });
		expect(await page.getByText("Rin is now").count()).toBe(0);
		await page.getByLabel("Role of Rin").selectOption("Admin");
		await dialog.getByRole("button", { name: "Stop being an owner" }).click();
		await page.getByRole("button", { name: "Create link" }).waitFor({ state: "detached" });
		await page.getByRole("row", { name: /Rin/ }).getByText("Admin").waitFor();
	});
});
