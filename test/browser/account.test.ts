import { describe, expect, test } from "vitest";

import { usePages } from "./pages.ts";
import { PASSWORD } from "./server.ts";

const pages = usePages();

describe("the way in", () => {
	test("somebody new signs up, gets a workspace, signs out and in again", async () => {
		const page = await pages.open("/");
		const email = "new@example.com";
		await page.getByRole("button", { name: "Sign up" }).click();
		expect(await page.evaluate("document.activeElement.autocomplete")).toBe("name");
		await page.getByLabel("Name").fill("Rin Moonlit");
		await page.getByLabel("E-mail").fill(email);
		await page.getByLabel("Password").fill(PASSWORD);
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();

		await page.getByRole("button", { name: "Account of Rin Moonlit" }).click();
		await page.getByRole("menuitem", { name: "Sign out" }).click();
		await page.getByLabel("E-mail").fill(email);
		await page.getByLabel("Password").fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
	});

	test("a wrong password is said beside the password, and nothing typed is lost", async () => {
		const { email } = await pages.server.signUp("Jo");
		const page = await pages.open("/");
		await page.getByLabel("E-mail").fill(email);
		await page.getByLabel("Password").fill("not the password");
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByText("E-mail and password do not belong together").waitFor();
		expect(await page.getByLabel("E-mail").inputValue()).toBe(email);
		expect(await page.getByLabel("Password").getAttribute("aria-invalid")).toBe("true");
	});

	test("an e-mail that has an account, and a short password, are said beside their fields", async () => {
		const { email } = await pages.server.signUp("Jo");
		const page = await pages.open("/");
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByLabel("Name").fill("Jo");
		await page.getByLabel("E-mail").fill(email);
		await page.getByLabel("Password").fill("short");
		await page.getByRole("button", { name: "Sign up" }).click();
		expect(await page.getByLabel("Password").getAttribute("aria-invalid")).toBe("true");
		await page.getByLabel("Password").fill(PASSWORD);
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByText("There is an account with this e-mail").waitFor();
		expect(await page.getByLabel("E-mail", { exact: true }).getAttribute("aria-invalid")).toBe("true");
	});

	test("a session that ended elsewhere leads to signing in, and back to the same page", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/", account);
		await page.getByRole("row", { name: /Production/ }).waitFor();
		await account.request("POST", "/api/auth/sign-out", {});
		await page.getByRole("heading", { name: "Your session is over" }).waitFor();
		await page.getByLabel("E-mail").fill(account.email);
		await page.getByLabel("Password").fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(new URL(page.url()).pathname).toBe(`/workspaces/${account.workspaceId}/keys`);
	});

	test("a server that does not answer is said, and trying again goes on", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/favicon.svg", account);
		await page.route("**/api/start**", (route) => route.abort());
		await page.goto(pages.server.url);
		await page.getByRole("alert").filter({ hasText: "The server did not answer" }).waitFor();
		await page.unroute("**/api/start**");
		await page.getByRole("button", { name: "Try again" }).click();
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
	});

	test("another workspace's address shows nothing of it", async () => {
		const [mine, theirs] = [await pages.server.signUp("Rin"), await pages.server.signUp("Jo")];
		await theirs.createKey("Their key");
		const page = await pages.open(`/workspaces/${theirs.workspaceId}/keys`, mine);
		await page.getByRole("heading", { name: "There is no such workspace" }).waitFor();
		expect(await page.getByText("Their key").count()).toBe(0);
	});
});
