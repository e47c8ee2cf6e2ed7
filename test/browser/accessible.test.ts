import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { type Example, exampleClock, fillExample } from "./example-workspace.ts";
import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1200, height: 760 };

const clock = exampleClock();
const pages = usePages({ clock });
let example: Example;
beforeAll(async () => {
	example = await fillExample(pages.server, clock);
});

/** A page's faults: axe violations in both themes, and horizontal overflow on a phone. */
async function faults(page: Page): Promise<string[]> {
	const found = await axeFindings(page);
	await page.setViewportSize(PHONE);
	const width = await page.evaluate<number>("document.documentElement.scrollWidth");
	await page.setViewportSize(DESKTOP);
	return width > PHONE.width ? [...found, `${width} px wide on a phone`] : found;
}

/** Opens a path and waits for `shown`. */
async function faultsAt(page: Page, path: string, shown: string): Promise<string[]> {
	await page.goto(pages.server.url + path);
	await page.getByText(shown).first().waitFor();
	return faults(page);
}

/** Follows a link and waits for `shown`. */
async function faultsIn(page: Page, link: string | RegExp, shown: string): Promise<string[]> {
	await page.getByRole("link", { name: link, exact: true }).first().click();
	await page.getByText(shown).first().waitFor();
	return faults(page);
}

describe("axe finds nothing, light or dark, and nothing is too wide for a phone:", () => {
	test("sign-in, sign-up and links", async () => {
		const page = await pages.open("/");
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByRole("heading", { name: "Create an account" }).waitFor();
		expect(await faults(page)).toEqual([]);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByText("New here?").waitFor();
		expect(await faults(page)).toEqual([]);
		expect(await faultsIn(page, "Forgot your password?", "does not send e-mail")).toEqual([]);
		const token = "a".repeat(43);
		expect(await faultsAt(page, `/reset#${token}`, "This link no longer works")).toEqual([]);
		await page.route("**/reset-password/look", (route) => route.fulfill({ status: 204 }));
		expect(await faultsAt(page, `/reset#${token.replace("a", "b")}`, "Set a new password")).toEqual([]);
		expect(await faultsAt(page, `/verify#${token}`, "Verify your e-mail address")).toEqual([]);
		expect(await faultsAt(page, `/invite#${token}`, "invitation")).toEqual([]);
		expect(await faultsAt(page, "/no/such/page", "Page not found")).toEqual([]);
	});

	test("first steps, account and new workspace", async () => {
		const page = await pages.open("/", await pages.server.signUp("Sam"));
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
		expect(await faults(page)).toEqual([]);
		await page.getByRole("button", { name: "Account of Sam" }).click();
		await page.getByRole("menuitem", { name: "Account" }).click();
		await page.getByText("This browser").waitFor();
		await page.getByRole("list", { name: "Activity of your account" }).getByText("Signed in").waitFor();
		expect(await faults(page)).toEqual([]);
		await page.goto(`${pages.server.url}/workspaces/new`);
		await page.getByRole("button", { name: "Create" }).waitFor();
		expect(await faults(page)).toEqual([]);
	});

	test("list of keys and its dialogs", async () => {
		const page = await pages.open("/", example.rin);
		await page.getByRole("radio", { name: "All" }).check();
		const row = page.getByRole("row", { name: /leaked on stream/ });
		await row.waitFor();
		expect(await faults(page)).toEqual([]);
		await page
			.getByRole("row", { name: /CI smoke/ })
			.getByRole("button", { name: "Delete" })
			.click();
		await page.getByRole("alertdialog").waitFor();
		expect(await faults(page)).toEqual([]);
		await page.getByRole("button", { name: "Cancel" }).click();
		await page.getByLabel("Label", { exact: true }).fill("Load tests");
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("dialog").waitFor();
		expect(await faults(page)).toEqual([]);
	});

	test("page of a key in use, being replaced, and revoked", async () => {
		const page = await pages.open("/", example.rin);
		expect(await faultsIn(page, "Production", "It replaces")).toEqual([]);
		expect(await faultsIn(page, /^Production \(old\) …/, "New key generated")).toEqual([]);
		await page.getByRole("link", { name: "API Keys" }).first().click();
		await page.getByRole("radio", { name: "All" }).check();
		expect(await faultsIn(page, "Production, leaked on stream", "Something has sent it since")).toEqual([]);
	});

	test("other pages of a workspace", async () => {
		const page = await pages.open(`/workspaces/${example.workspaceId}/settings`, example.rin);
		await page.getByRole("heading", { name: "Delete", exact: false }).first().waitFor();
		expect(await faults(page)).toEqual([]);
		expect(await faultsIn(page, "Security", "Checked by the server")).toEqual([]);
		expect(await faultsIn(page, "Activity", "generated")).toEqual([]);
		expect(await faultsIn(page, "People", "Jo Alder")).toEqual([]);
	});

	test("approving a pairing", async () => {
		const page = await pages.open("/pair", example.rin);
		await page.getByRole("heading", { name: "Connect a place from Studio" }).waitFor();
		expect(await faults(page)).toEqual([]);
		const reconnect = { intent: "reconnect", key_id: example.production };
		const { user_code } = await connectFromStudio(pages.server.url, reconnect);
		await page.getByRole("textbox").fill(user_code);
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "Approve" }).waitFor();
		expect(await faults(page)).toEqual([]);
		await page.getByRole("button", { name: "Deny" }).click();
		await page.getByRole("heading", { name: /denied/i }).waitFor();
		expect(await faults(page)).toEqual([]);
		const elsewhere = await connectFromStudio(pages.server.url, {}, { address: "203.0.113.5" });
		await page.goto(`${pages.server.url}/pair?code=${elsewhere.user_code}`);
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByText("another network").waitFor();
		expect(await faults(page)).toEqual([]);
	});
});
