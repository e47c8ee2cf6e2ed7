import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import type { CreatedInvitation } from "../../shared/wire.ts";
import { usePages } from "./pages.ts";
import { type Account, PASSWORD } from "./server.ts";

const NEW_PASSWORD = "staple of a battery horse";
const FIREFOX = {
	userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
};

const pages = usePages();

function section(page: Page, name: string) {
	return page.getByRole("region", { name });
}

/** Signs in from a second browser and waits for the list of keys. */
async function secondBrowser({ email }: Account, options: BrowserContextOptions): Promise<Page> {
	const page = await pages.open("/", undefined, options);
	await signIn(page, email);
	await page.getByLabel("Label").waitFor();
	return page;
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.getByRole("button", { name: "Sign in" }).click();
}

describe("the account page", () => {
	test("changes name, e-mail address and password, and shows problems at their fields", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/account", account);
		const name = section(page, "Your name");
		await name.getByLabel("Name").fill("Rin Moonlit");
		await name.getByRole("button", { name: "Save name" }).click();
		await name.getByText("Saved").waitFor();

		const email = section(page, "E-mail address");
		const address = `moonlit-${account.email}`;
		await email.getByLabel("E-mail").fill(address);
		await email.getByLabel("Your password").fill("wrong horse battery");
		await email.getByRole("button", { name: "Save e-mail address" }).click();
		await email.getByRole("alert").getByText("This is not your password.").waitFor();
		await email.getByLabel("Your password").and(page.locator(":focus")).waitFor();
		await email.getByLabel("Your password").fill(PASSWORD);
		await email.getByRole("button", { name: "Save e-mail address" }).click();
		await email.getByText("Saved").waitFor();

		const password = section(page, "Password");
		await password.getByLabel("Current password").fill(PASSWORD);
		await password.getByLabel("New password").fill("short");
		await password.getByRole("button", { name: "Change password" }).click();
		await password.getByRole("alert").getByText("at least 8 characters").waitFor();
		await password.getByLabel("New password").fill(NEW_PASSWORD);
		await password.getByRole("button", { name: "Show password" }).last().click();
		expect(await password.getByLabel("New password").getAttribute("type")).toBe("text");
		await password.getByRole("button", { name: "Change password" }).click();
		await password.getByText("Changed").waitFor();

		await page.getByRole("button", { name: "Account of Rin Moonlit" }).click();
		await page.getByRole("menuitem", { name: "Sign out" }).click();
		await page.getByRole("heading", { name: "Sign in" }).waitFor();
		await signIn(page, address, NEW_PASSWORD);
		await page.getByRole("heading", { name: "Your account" }).waitFor();
	});

	test("lists sessions and ends one: that browser is signed out at its next request", async () => {
		const account = await pages.server.signUp("Rin");
		const other = await secondBrowser(account, FIREFOX);
		const page = await pages.open("/account", account);
		const sessions = section(page, "Sessions");
		await sessions.getByRole("listitem").filter({ hasText: "This browser" }).waitFor();
		await sessions.getByRole("button", { name: "End Firefox on Windows" }).click();
		await sessions.getByText("Firefox on Windows").waitFor({ state: "detached" });

		expect(await other.evaluate<number>("fetch('/api/workspaces').then(({ status }) => status)")).toBe(401);
		await other.getByRole("heading", { name: "Your session has ended" }).waitFor();
	});

	test("does not delete the only owner of a workspace with other people, and names the workspace", async () => {
		const [rin, jo] = [await pages.server.signUp("Rin"), await pages.server.signUp("Jo")];
		const invited = await rin.request("POST", `/api/workspaces/${rin.workspaceId}/invitations`, { role: "member" });
		const { link } = (await invited.json()) as CreatedInvitation;
		await jo.request("POST", "/api/invitations/accept", { token: new URL(link).hash.slice(1) });
		const page = await pages.open("/account", rin);
		await page.getByRole("button", { name: "Delete account" }).click();
		const dialog = page.getByRole("alertdialog");
		await dialog.getByLabel("Your password").fill(PASSWORD);
		await dialog.getByRole("button", { name: "Delete account" }).click();
		await dialog.getByRole("alert").getByText("You are the only owner in “Rin's workspace”").waitFor();
	});

	test("deletes the account and the workspace only it was in, whose keys stop working", async () => {
		const account = await pages.server.signUp("Rin");
		const { secret } = await account.createKey("Production");
		const page = await pages.open("/account", account);
		await section(page, "Delete account").getByRole("button", { name: "Delete account" }).click();
		const dialog = page.getByRole("alertdialog");
		await dialog.getByText("their keys stop working at once").waitFor();
		await dialog.getByLabel("Your password").fill(PASSWORD);
		await dialog.getByRole("button", { name: "Delete account" }).click();
		await page.getByRole("heading", { name: "Sign in" }).waitFor();
		expect(await pages.server.useKey(secret)).toBe(401);
		await signIn(page, account.email);
		await page.getByText("Wrong e-mail or password").waitFor();
	});
});
