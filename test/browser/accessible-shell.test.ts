import { expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { openCode } from "./open-code.ts";
import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";

const pages = usePages();

test("axe-core finds nothing in the menus, in any state of the first steps, or while the server does not respond", async () => {
	const account = await pages.server.signUp("Rin");
	const page = await pages.open("/", account);
	await page.getByText("Live", { exact: true }).waitFor();
	await page.getByText("Where is Studio’s plugin folder?").click();
	await page.getByRole("button", { name: "Workspace" }).click();
	await page.getByRole("menu").waitFor();
	expect(await axeFindings(page)).toEqual([]);
	await page.getByRole("button", { name: "Account of Rin" }).click();
	await page.getByRole("menuitemradio", { name: "System" }).waitFor();
	expect(await axeFindings(page)).toEqual([]);
	await page.keyboard.press("Escape");

	const { secret } = await account.createKey("Production");
	await page.getByText("Send the first request").waitFor();
	expect(await axeFindings(page)).toEqual([]);
	await pages.server.useKey(secret);
	await page.getByText("Your game is connected").waitFor();
	await page.route("**/api/**", (route) => route.abort());
	await page.evaluate("dispatchEvent(new Event('online'))");
	await page.getByText("What you see may be out of date").waitFor();
	expect(await axeFindings(page)).toEqual([]);
	await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("axe-core finds nothing from a linked code to the approval, or for an unknown code", async () => {
	const account = await pages.server.signUp("Rin");
	const studio = await connectFromStudio(pages.server.url);
	const page = await pages.open(`/pair?code=${studio.user_code}`, account);
	await page.getByText("This link contains a connection code").waitFor();
	expect(await axeFindings(page)).toEqual([]);
	await page.getByRole("button", { name: "Continue" }).click();
	await page.getByRole("button", { name: "Approve" }).click();
	await page.getByRole("heading", { name: "Approved" }).waitFor();
	expect(await axeFindings(page)).toEqual([]);
	const unknown = await openCode(pages, "BCDF-GHJK", account, {});
	await unknown.getByRole("heading", { name: "Code not found" }).waitFor();
	expect(await axeFindings(unknown)).toEqual([]);
});
