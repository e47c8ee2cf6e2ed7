import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import { startMailServer } from "../server/mail-server.ts";
import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import { PASSWORD } from "./server.ts";

const NEW_PASSWORD = "staple of a battery horse";
const LINK = /^http:\S+\/reset#\S+$/m;

const mail = await startMailServer();
afterAll(() => mail.close());
const pages = usePages({ env: mail.env });

async function setPassword(page: Page, password: string): Promise<void> {
	await page.getByRole("heading", { name: "Set a new password" }).waitFor();
	await page.getByLabel("New password").fill(password);
	await page.getByRole("button", { name: "Set password" }).click();
	await page.getByRole("heading", { name: "Your new password is set" }).waitFor();
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
	await page.getByRole("button", { name: "Sign in" }).click();
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.getByRole("button", { name: "Sign in" }).click();
	await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
}

describe("a forgotten password", () => {
	test("is reset with a link sent by e-mail, which works once", async () => {
		const { email } = await pages.server.signUp("Rin");
		const page = await pages.open("/");
		await page.getByRole("link", { name: "Forgot your password?" }).click();
		await page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
		await page.getByRole("button", { name: "Send link" }).click();
		await page.getByRole("alert").getByText("Enter your e-mail address.").waitFor();
		await page.getByLabel("E-mail").fill(email);
		expect(await axeFindings(page)).toEqual([]);
		await page.getByRole("button", { name: "Send link" }).click();
		await page.getByRole("heading", { name: "Check your e-mail" }).waitFor();

		await expect.poll(() => mail.mails).toHaveLength(1);
		const link = LINK.exec(mail.mails[0]?.text ?? "")?.[0] ?? "";
		await page.goto(link);
		await page.getByLabel("New password").waitFor();
		await setPassword(page, NEW_PASSWORD);
		expect(page.url()).toBe(`${pages.server.url}/reset`);
		await signIn(page, email, NEW_PASSWORD);

		await page.goto(link);
		await page.getByLabel("New password").fill(PASSWORD);
		await page.getByRole("button", { name: "Set password" }).click();
		await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
		await page.getByRole("link", { name: "Request a new link" }).click();
		await page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
	});

	test("is reset with a link created on the server, which ends the session of the browser that uses it", async () => {
		const account = await pages.server.signUp("Jo");
		const { port } = new URL(pages.server.url);
		const { stdout } = await promisify(execFile)(process.execPath, ["server/reset-password.js", account.email], {
			env: { PATH: process.env["PATH"] ?? "", DATA_DIR: pages.server.dataDir, PORT: port },
		});
		const page = await pages.open("/favicon.svg", account);
		await page.goto(LINK.exec(stdout)?.[0] ?? "");
		await setPassword(page, NEW_PASSWORD);
		await signIn(page, account.email, NEW_PASSWORD);
	});
});

describe("a forgotten password on a server without e-mail", () => {
	const withoutMail = usePages();

	test("shows the command that creates a link", async () => {
		const page = await withoutMail.open("/");
		await page.getByRole("link", { name: "Forgot your password?" }).click();
		await page.getByText("npm run reset-password --").waitFor();
	});
});
