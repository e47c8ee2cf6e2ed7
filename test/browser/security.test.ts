import { describe, expect, test } from "vitest";

import { usePages } from "./pages.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();

describe("the security checklist", () => {
	test("links to what it found, and clears once it is fixed", async () => {
		const account = await pages.server.signUp("Rin");
		const { key } = await account.createKey("asdf");
		const page = await pages.open("/", account);
		await page.getByRole("link", { name: "Security" }).click();
		const item = page.getByRole("listitem").filter({ hasText: "A key has a vague label" });
		await item.getByRole("img", { name: "Needs attention" }).waitFor();
		await item.getByRole("link", { name: `asdf …${key.hint}` }).click();
		await page.getByRole("button", { name: "Rename" }).click();
		await page.getByLabel("New label").fill("Production");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Production", level: 1 }).waitFor();
		await page.getByRole("link", { name: "Security" }).click();
		const fixed = page.getByRole("listitem").filter({ hasText: "Every key has a clear label" });
		await fixed.getByRole("img", { name: "Good" }).waitFor();
		await page.getByText("The server found nothing that needs attention.").waitFor();

		await account.createKey("Production");
		await page.getByText("2 keys have vague or duplicate labels").waitFor();
	});

	test("asks what the server cannot know, records who answered, and can undo it", async () => {
		const account = await pages.server.signUp("Rin");
		const guest = await pages.server.signUp("Jo");
		await joinTeam(account, guest, "member");
		const path = `/workspaces/${account.workspaceId}/security`;
		const page = await pages.open(path, account);
		const item = page
			.getByRole("listitem")
			.filter({ hasText: "Keys are only in server-side Scripts or the Secrets Store" });
		await item.getByText("In each place, click Check place in the Auxvyn plugin.").waitFor();
		await item.getByRole("button", { name: "Mark as checked" }).click();
		await item.getByText("Checked by Rin, just now").waitFor();
		await item.getByRole("img", { name: "Good" }).waitFor();

		const theirs = await pages.open(path, guest);
		const seen = theirs
			.getByRole("listitem")
			.filter({ hasText: "Keys are only in server-side Scripts or the Secrets Store" });
		await seen.getByText("Checked by Rin").waitFor();
		await theirs.getByText("Only one owner").waitFor();
		expect(await theirs.getByRole("main").getByRole("button").count()).toBe(0);

		await item.getByRole("button", { name: "Undo" }).click();
		await item.getByText("Not checked yet").waitFor();
		await page.reload();
		await item.getByText("Not checked yet").waitFor();
	});
});
