import { describe, expect, test } from "vitest";

import { usePages } from "./pages.ts";
import { PASSWORD } from "./server.ts";

const pages = usePages();

describe("signing in", () => {
	test("a new user signs up, gets a workspace, signs out and in again", async () => {
		const page = await pages.open("/");
		const email = "new@example.com";
		await page.getByRole("button", { name: "Sign up" }).click();
		expect(await page.evaluate("document.activeElement.autocomplete")).toBe("name");
		await page.getByLabel("Name").fill("Rin Moonlit");
		await page.getByLabel("E-mail").fill(email);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();

		await page.getByRole("button", { name: "Account of Rin Moonlit" }).click();
		await page.getByRole("menuitem", { name: "Sign out" }).click();
		await page.getByLabel("E-mail").fill(email);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
	});

	test("a wrong password is reported at its field, and the input is kept", async () => {
		const { email } = await pages.server.signUp("Jo");
		const page = await pages.open("/");
		await page.getByLabel("E-mail").fill(email);
		await page.getByLabel("Password", { exact: true }).fill("not the password");
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByText("Wrong e-mail or password").waitFor();
		expect(await page.getByLabel("E-mail").inputValue()).toBe(email);
		expect(await page.getByLabel("Password", { exact: true }).getAttribute("aria-invalid")).toBe("true");
	});

	test("a taken e-mail address and a short password are reported at their fields", async () => {
		const { email } = await pages.server.signUp("Jo");
		const page = await pages.open("/");
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByLabel("Name").fill("Jo");
		await page.getByLabel("E-mail").fill(email);
		await page.getByLabel("Password", { exact: true }).fill("short");
		await page.getByRole("button", { name: "Sign up" }).click();
		expect(await page.getByLabel("Password", { exact: true }).getAttribute("aria-invalid")).toBe("true");
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByText("This e-mail address already has an account").waitFor();
		expect(await page.getByLabel("E-mail", { exact: true }).getAttribute("aria-invalid")).toBe("true");
	});

	test("a session ended elsewhere leads to sign-in and back to the same page", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/", account);
		await page.getByRole("row", { name: /Production/ }).waitFor();
		await account.request("POST", "/api/auth/sign-out", {});
		await page.getByRole("heading", { name: "Your session has ended" }).waitFor();
		await page.getByLabel("E-mail").fill(account.email);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(new URL(page.url()).pathname).toBe(`/workspaces/${account.workspaceId}/keys`);
	});

	test("an unreachable server is reported, and retrying continues", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/favicon.svg", account);
		await page.route("**/api/start**", (route) => route.abort());
		await page.goto(pages.server.url);
		await page.getByRole("alert").filter({ hasText: "The server did not respond" }).waitFor();
		await page.unroute("**/api/start**");
		await page.getByRole("button", { name: "Try again" }).click();
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
	});

	test("another workspace's URL reveals nothing about it", async () => {
		const [mine, theirs] = [await pages.server.signUp("Rin"), await pages.server.signUp("Jo")];
		await theirs.createKey("Their key");
		const page = await pages.open(`/workspaces/${theirs.workspaceId}/keys`, mine);
		await page.getByRole("heading", { name: "Workspace not found" }).waitFor();
		expect(await page.getByText("Their key").count()).toBe(0);
	});
});
