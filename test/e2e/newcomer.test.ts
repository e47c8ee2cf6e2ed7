import { expect, onTestFinished, test } from "vitest";

import { usePages } from "../browser/pages.ts";
import { openStudio } from "../studio/studio.ts";

const pages = usePages();

test("a newcomer connects a place with four clicks, and types the code once", async () => {
	let clicks = 0;
	const account = await pages.server.signUp("Rin");
	const studio = await openStudio({ server: pages.server.url, widgetOpen: false });
	onTestFinished(() => studio.close());
	const clickInStudio = async (name: string) => {
		clicks += 1;
		await studio.click(name);
	};
	await clickInStudio("Auxvyn");
	await clickInStudio("Connect");
	const { boxes } = await studio.waitFor("Approve in your browser");
	const code = boxes.find((box) => box.name === "UserCode")?.text ?? "";

	const page = await pages.open("/pair", account);
	await page.getByLabel("Code").fill(code);
	for (const name of ["Continue", "Approve"]) {
		clicks += 1;
		await page.getByRole("button", { name }).click();
	}
	await studio.waitFor("Connected", 20);
	await page.getByRole("heading", { name: "Installed" }).waitFor();
	// The README says so.
	expect(clicks).toBe(4);
});
