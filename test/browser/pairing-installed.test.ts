import { describe, expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { openCode } from "./open-code.ts";
import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";

const pages = usePages();

describe("once a key is installed", () => {
	test("the page says what to do next, and what to do if it was not you", async () => {
		const account = await pages.server.signUp("Rin");
		const studio = await connectFromStudio(pages.server.url);
		const page = await openCode(pages, studio.user_code, account);
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		await pages.server.useKey((await studio.fetchKey()).access_token);
		await page.getByRole("heading", { name: "Installed" }).waitFor();
		await page.getByText("press Play in Studio. For published games the server needs a public https").waitFor();
		await page.getByText("Not you?").waitFor();
		expect(await axeFindings(page)).toEqual([]);
		await page.getByRole("link", { name: "Delete this key" }).click();
		await page.getByRole("row", { name: /Crystal Caverns/ }).waitFor();
	});

	test("Deny is too late, and the page says to delete the key", async () => {
		const account = await pages.server.signUp("Rin");
		const studio = await connectFromStudio(pages.server.url);
		const page = await openCode(pages, studio.user_code, account);
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		// The page must not see the key's first use, which may happen at the same time.
		await page.route("**/api/pairings/*", (route) => route.abort());
		await pages.server.useKey((await studio.fetchKey()).access_token);
		await page.getByRole("button", { name: "Deny" }).click();
		await page.getByRole("heading", { name: "Too late to deny" }).waitFor();
		expect(await page.getByText("Click Connect in Studio again").count()).toBe(0);
		await page.getByRole("link", { name: "Delete this key" }).click();
		await page.getByRole("row", { name: /Crystal Caverns/ }).waitFor();
	});
});
