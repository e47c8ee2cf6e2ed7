import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";

import { bundledServer } from "../server/bundled-server.ts";
import { usePages } from "./pages.ts";

const pages = usePages({ env: { SIGN_UP: "closed" } });
beforeAll(async () => {
	const env = { PATH: process.env["PATH"] ?? "", DATA_DIR: pages.server.dataDir };
	const args = [...bundledServer(), "server/create-account.js", "jo@example.com"];
	await promisify(execFile)(process.execPath, args, { env });
});

async function focused(page: Page, label: string): Promise<void> {
	await page.getByLabel(label, { exact: true }).and(page.locator(":focus")).waitFor();
}

describe("the sign-in form", () => {
	test("announces a problem and focuses its field", async () => {
		const page = await pages.open("/pair?code=BCDF-GHJK");
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("alert").getByText("Enter your e-mail address.").waitFor();
		await focused(page, "E-mail");
		await page.getByLabel("E-mail").fill("rin@example.com");
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("alert").getByText("Enter your password.").waitFor();
		await focused(page, "Password");
	});

	test("says that sign-up has closed, and stops offering it", async () => {
		const page = await pages.open("/");
		await page.getByRole("button", { name: "Sign in" }).waitFor();
		expect(await page.getByRole("button", { name: "Sign up" }).count()).toBe(0);
		const before = {
			account: null,
			setUp: true,
			signUp: "open",
			mail: false,
			version: "1.2.3",
			publicUrl: pages.server.url,
			workspaces: [],
			keys: null,
		};
		await page.route("**/api/start*", (route) => route.fulfill({ json: before }));
		await page.reload();
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByLabel("Name").fill("Rin");
		await page.getByLabel("E-mail").fill("rin@example.com");
		await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByRole("alert").getByText("Sign-up is closed on this server").waitFor();
		await page.getByRole("heading", { name: "Sign in" }).waitFor();
		expect(await page.getByRole("button", { name: "Sign up" }).count()).toBe(0);
		expect(await page.getByLabel("E-mail").inputValue()).toBe("rin@example.com");
	});
});
