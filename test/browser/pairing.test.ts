import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { openCode } from "./open-code.ts";
import { usePages } from "./pages.ts";
import { PASSWORD } from "./server.ts";
import { connectFromStudio } from "./studio.ts";

const pages = usePages();

/** The text of the focused element. */
async function focused(page: Page): Promise<string | null> {
	return page.evaluate<string | null>("document.activeElement.textContent");
}

describe("connecting a place", () => {
	test("leads live from a sloppily typed code to an installed key", async () => {
		const account = await pages.server.signUp("Rin");
		const studio = await connectFromStudio(pages.server.url);
		const page = await pages.open("/pair", account);
		await page.getByLabel("Code").fill(` ${studio.user_code.toLowerCase().replace("-", " ")} `);
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByText("reported by Studio, not verified").waitFor();
		expect(await focused(page)).toBe("Connect a place from Studio");
		await page.getByRole("definition").getByText("Crystal Caverns").waitFor();
		await page.getByText("4483381587").waitFor();
		expect(await page.getByLabel("Label for the new key").inputValue()).toBe("Crystal Caverns");
		expect(await page.getByText("The key in the place now").count()).toBe(0);

		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		expect(await focused(page)).toBe("Approved");
		const { access_token } = await studio.fetchKey();
		await page.getByText("is installing it").waitFor();
		expect(await pages.server.useKey(access_token)).toBe(200);
		await page.getByRole("heading", { name: "Installed" }).waitFor();
		expect(await focused(page)).toBe("Installed");
		await page.getByRole("link", { name: "See your keys" }).click();
		await page.getByRole("row", { name: /Crystal Caverns/ }).waitFor();
	});

	test("asks a signed-out user to sign in, then returns to the code", async () => {
		const account = await pages.server.signUp("Rin");
		const studio = await connectFromStudio(pages.server.url);
		const page = await pages.open(`/pair?code=${studio.user_code}`);
		await page.getByText("your code is kept").waitFor();
		await page.getByLabel("E-mail").fill(account.email);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByRole("button", { name: "Approve" }).waitFor();
		await page.getByText(studio.user_code).waitFor({ state: "attached" });
	});

	test("gives Studio no key when denied", async () => {
		const studio = await connectFromStudio(pages.server.url);
		const page = await openCode(pages, studio.user_code, await pages.server.signUp("Rin"));
		await page.getByRole("button", { name: "Deny" }).click();
		await page.getByRole("heading", { name: "Denied" }).waitFor();
		await expect(studio.fetchKey()).rejects.toThrow("access_denied");
	});

	test("puts the key into the chosen workspace, and can be withdrawn until the key is used", async () => {
		const studio = await connectFromStudio(pages.server.url);
		const account = await pages.server.signUp("Rin");
		await account.request("POST", "/api/workspaces", { name: "Moonlit Studios" });
		const page = await openCode(pages, studio.user_code, account);
		await page.getByLabel("Workspace", { exact: true }).selectOption("Moonlit Studios");
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		expect((await studio.fetchKey()).workspace.name).toBe("Moonlit Studios");
		const { access_token } = await studio.fetchKey();
		await page.getByText("is installing it").waitFor();
		await page.getByRole("button", { name: "Deny" }).click();
		await page.getByRole("heading", { name: "Denied" }).waitFor();
		expect(await pages.server.useKey(access_token)).toBe(401);
	});

	test("shortens a long place name to a valid label", async () => {
		const studio = await connectFromStudio(pages.server.url, { place_name: "🗝".repeat(90) });
		const page = await openCode(pages, studio.user_code, await pages.server.signUp("Rin"));
		const label = page.getByLabel("Label for the new key");
		await label.waitFor();
		expect(await label.inputValue()).toBe(`${"🗝".repeat(63)}…`);
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
	});
});

describe("reconnecting a place", () => {
	test.each([
		{ choice: "Keep until I delete it", oldKeyAnswers: 200 },
		{ choice: "Revoke once the new one works", oldKeyAnswers: 401 },
	])("with “$choice”, the old key answers $oldKeyAnswers afterwards", async ({ choice, oldKeyAnswers }) => {
		const account = await pages.server.signUp("Rin");
		const old = await account.createKey("Production");
		const studio = await connectFromStudio(pages.server.url, { intent: "reconnect", key_id: old.key.id });
		const page = await openCode(pages, studio.user_code, account);
		await page.getByText(`The key in the place now: Production …${old.key.hint}`).waitFor();
		expect(await page.getByRole("radio", { name: "Keep until I delete it" }).isChecked()).toBe(true);
		await page.getByRole("radio", { name: choice }).check();
		expect(await page.getByText("Running servers are refused").isVisible()).toBe(oldKeyAnswers !== 200);
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		const { access_token } = await studio.fetchKey();
		expect(await pages.server.useKey(old.secret)).toBe(200);
		expect(await pages.server.useKey(access_token)).toBe(200);
		expect(await pages.server.useKey(old.secret)).toBe(oldKeyAnswers);
	});

	test("reveals nothing about a key in someone else's workspace", async () => {
		const theirs = await (await pages.server.signUp("Jo")).createKey("Their secret project");
		const studio = await connectFromStudio(pages.server.url, { intent: "reconnect", key_id: theirs.key.id });
		const page = await openCode(pages, studio.user_code, await pages.server.signUp("Rin"));
		await page.getByText("is not in a workspace whose keys you manage").waitFor();
		expect(await page.getByText("Their secret project").count()).toBe(0);
	});
});
