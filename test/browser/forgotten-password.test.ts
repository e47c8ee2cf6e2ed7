import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import { databasePath, openConnection } from "../../server/storage/sqlite/open-database.ts";
import { bundledServer } from "../server/bundled-server.ts";
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
		await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
		expect(await page.getByLabel("New password").count()).toBe(0);
		await page.getByRole("link", { name: "Request a new link" }).click();
		await page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
	});

	test("is reset with a link created on the server, which ends the session of the browser that uses it", async () => {
		const account = await pages.server.signUp("Jo");
		const { port } = new URL(pages.server.url);
		const { stdout } = await promisify(execFile)(
			process.execPath,
			[...bundledServer(), "server/reset-password.js", account.email],
			{
				env: { PATH: process.env["PATH"] ?? "", DATA_DIR: pages.server.dataDir, PORT: port },
			},
		);
		const page = await pages.open("/favicon.svg", account);
		await page.goto(LINK.exec(stdout)?.[0] ?? "");
		await setPassword(page, NEW_PASSWORD);
		await signIn(page, account.email, NEW_PASSWORD);
	});
});

describe("signing up on a server with e-mail", () => {
	test("takes the mailed link and the password, and says the same for an address that has an account", async () => {
		const jo = await pages.server.signUp("Jo");
		const page = await pages.open("/");
		await page.getByRole("button", { name: "Sign up" }).click();
		await page.getByLabel("Name").fill("Rin Moonlit");
		const send = async (email: string) => {
			await page.getByLabel("E-mail").fill(email);
			await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
			await page.getByRole("button", { name: "Sign up" }).click();
			await page.getByRole("heading", { name: "Check your e-mail" }).waitFor();
			await page.getByText(email).waitFor();
		};
		await send(jo.email);
		const mailsTo = (email: string) => mail.mails.filter(({ to }) => to.includes(email));
		await expect.poll(() => mailsTo(jo.email)).toHaveLength(1);
		await page.getByRole("button", { name: "Use another address" }).click();
		await send("rin.m@example.com");
		expect(await axeFindings(page)).toEqual([]);
		await page.getByRole("button", { name: "Send again" }).click();
		await expect.poll(() => mailsTo("rin.m@example.com")).toHaveLength(2);

		const link = /^http:\S+\/verify#\S+$/m.exec(mailsTo("rin.m@example.com").at(-1)?.text ?? "")?.[0] ?? "";
		await page.goto(link);
		await page.getByLabel("Password", { exact: true }).fill("not the password");
		expect(page.url()).toBe(`${pages.server.url}/verify`);
		await page.getByRole("button", { name: "Create account" }).click();
		await page.getByText("This is not your password.").waitFor();
		expect(await axeFindings(page)).toEqual([]);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Create account" }).click();
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();

		await page.goto(link);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Create account" }).click();
		await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
	});
});

describe("the first reset of an account whose address was never verified", () => {
	test("asks what to keep, and keeps the rest", async () => {
		const account = await pages.server.signUp("Mallory");
		await account.createKey("Production");
		await account.createKey("Planted");
		const db = openConnection(databasePath(pages.server.dataDir), 5_000);
		db.prepare("UPDATE user SET emailVerified = 0 WHERE email = ?").run(account.email);
		db.close();
		await account.request("POST", "/api/auth/request-password-reset", { email: account.email });
		const sent = () => mail.mails.find(({ to, text }) => to.includes(account.email) && LINK.test(text));
		await expect.poll(sent).toBeDefined();
		const page = await pages.open("/");
		await page.goto(LINK.exec(sent()?.text ?? "")?.[0] ?? "");
		await setPassword(page, NEW_PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByLabel("E-mail").fill(account.email);
		await page.getByLabel("Password", { exact: true }).fill(NEW_PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();

		await page.getByRole("heading", { name: "Is this yours?" }).waitFor();
		const keys = page.getByRole("list", { name: "API keys" });
		await keys.getByText("Production").waitFor();
		await page.getByRole("button", { name: "Delete Planted" }).click();
		await page.getByText("Games that use it are refused at once.").waitFor();
		expect(await axeFindings(page)).toEqual([]);
		await page.setViewportSize({ width: 360, height: 740 });
		expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(360);
		await keys.getByRole("button", { name: "Delete", exact: true }).click();
		await keys.getByText("Planted").waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Keep the rest and continue" }).click();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		await page.reload();
		await page.getByRole("row", { name: /Production/ }).waitFor();
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
