import { describe, expect, test } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();

describe("a workspace's settings", () => {
	test("rename it, and delete it with its keys once its name is typed, live for others", async () => {
		const rin = await pages.server.signUp("Rin");
		const jo = await pages.server.signUp("Jo");
		await joinTeam(rin, jo, "member");
		const { secret } = await rin.createKey("Production");
		const other = await pages.open(`/workspaces/${rin.workspaceId}/settings`, jo);
		await other.getByText("You are a member here").waitFor();
		await other.getByText(`This server runs Auxvyn ${manifest.version}.`).waitFor();
		expect(await other.getByRole("button", { name: /Rename|Delete/ }).count()).toBe(0);

		const page = await pages.open(`/workspaces/${rin.workspaceId}/settings`, rin, {});
		await page.getByLabel("Workspace name").fill("Moonlit Studios");
		await page.getByRole("button", { name: "Rename" }).click();
		await other.getByRole("banner").getByText("Moonlit Studios").waitFor();

		const leave = page.getByRole("button", { name: "Leave workspace" });
		expect(await leave.isDisabled()).toBe(true);
		await page.getByText("You are the only owner. To leave, make someone else an owner first").waitFor();
		await other.getByRole("button", { name: "Leave workspace" }).and(other.locator(":enabled")).waitFor();

		await page.getByRole("button", { name: "Delete workspace" }).click();
		const dialog = page.getByRole("alertdialog", { name: "Delete Moonlit Studios?" });
		await dialog.getByText("1 active key").waitFor();
		await dialog.getByText("1 other person loses access").waitFor();
		const name = dialog.getByLabel("Type Moonlit Studios to confirm");
		await name.fill("Moonlit");
		await dialog.getByRole("button", { name: "Delete" }).click();
		await dialog.getByText("Type the name as shown above").waitFor();
		expect(await pages.server.useKey(secret)).toBe(200);
		expect(await axeFindings(page)).toEqual([]);
		await name.fill("Moonlit Studios");
		await name.press("Enter");
		await page.getByRole("heading", { name: "You are not in a workspace" }).waitFor();
		expect(await pages.server.useKey(secret)).toBe(401);
		await other.getByRole("heading", { name: "Workspace not found" }).waitFor();
		await other.getByText("It was deleted, or you are not a member.").waitFor();

		await page.getByLabel("Workspace name").fill("Second try");
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByRole("heading", { name: "Get the plugin" }).waitFor();
	});

	test("are not needed to create another workspace", async () => {
		const rin = await pages.server.signUp("Rin");
		const page = await pages.open("/workspaces/new", rin);
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("Enter a name").waitFor();
		await page.getByLabel("Workspace name").fill("Another");
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByRole("banner").getByText("Another").waitFor();
		await page.getByRole("heading", { name: "Get the plugin" }).waitFor();
	});
});
