import { describe, expect, test } from "vitest";

import { join } from "./join.ts";
import { usePages } from "./pages.ts";

const pages = usePages();

describe("the security checklist", () => {
	test("turns good once what it found is mended, and leads to it", async () => {
		const account = await pages.server.signUp("Rin");
		const { key } = await account.createKey("asdf");
		const page = await pages.open("/", account);
		await page.getByRole("link", { name: "Security" }).click();
		const item = page.getByRole("listitem").filter({ hasText: "A label says little" });
		await item.getByRole("img", { name: "Needs attention" }).waitFor();
		await item.getByRole("link", { name: `asdf …${key.hint}` }).click();
		await page.getByRole("button", { name: "Rename" }).click();
		await page.getByLabel("New label").fill("Production");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Production", level: 1 }).waitFor();
		await page.getByRole("link", { name: "Security" }).click();
		const mended = page.getByRole("listitem").filter({ hasText: "Labels tell keys apart" });
		await mended.getByRole("img", { name: "Good" }).waitFor();
		await page.getByText("The server found nothing that needs attention.").waitFor();

		await account.createKey("Production");
		await page.getByText("2 labels say little or are shared").waitFor();
	});

	test("asks what the server cannot know, keeps the answer with its name, and takes it back", async () => {
		const account = await pages.server.signUp("Rin");
		const guest = await pages.server.signUp("Jo");
		await join(account, guest, "member");
		const path = `/workspaces/${account.workspaceId}/security`;
		const page = await pages.open(path, account);
		const item = page
			.getByRole("listitem")
			.filter({ hasText: "Keys are only in server-side Scripts or the Secrets Store" });
		await item.getByRole("button", { name: "Mark as checked" }).click();
		await item.getByText("Checked by Rin, just now").waitFor();
		await item.getByRole("img", { name: "Good" }).waitFor();

		const theirs = await pages.open(path, guest);
		const seen = theirs
			.getByRole("listitem")
			.filter({ hasText: "Keys are only in server-side Scripts or the Secrets Store" });
		await seen.getByText("Checked by Rin").waitFor();
		await theirs.getByText("Several people, and one owner").waitFor();
		expect(await theirs.getByRole("main").getByRole("button").count()).toBe(0);

		await item.getByRole("button", { name: "Take back" }).click();
		await item.getByText("Not checked yet").waitFor();
		await page.reload();
		await item.getByText("Not checked yet").waitFor();
	});
});
