import { describe, expect, onTestFinished, test } from "vitest";

import { sessionCookie, signUpAt } from "../server/person.ts";
import { startServer } from "../server/server-process.ts";
import { tempDir } from "../server/temp-dir.ts";
import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import { PASSWORD } from "./server.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();
const HEARTBEAT_MS = 10_000;
const FAKE_CLOCK = { locale: "en-GB" };

describe("two browsers at once", () => {
	test("renaming and deleting a key in one shows in the other, and the key stops working", async () => {
		const account = await pages.server.signUp("Rin");
		const { secret } = await account.createKey("Production");
		await account.createKey("Stagign");
		const [one, other] = [await pages.open("/", account), await pages.open("/", account, {})];
		await other.getByText("Live", { exact: true }).waitFor();
		await one
			.getByRole("row", { name: /Stagign/ })
			.getByRole("button", { name: "Rename" })
			.click();
		await one.getByLabel("New label").fill("Staging");
		await one.keyboard.press("Enter");
		await other.getByRole("row", { name: /Staging/ }).waitFor();
		await one
			.getByRole("row", { name: /Production/ })
			.getByRole("button", { name: "Delete" })
			.click();
		await one.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
		await other.getByRole("row", { name: /Production/ }).waitFor({ state: "detached" });
		await other.getByRole("row", { name: /Staging/ }).waitFor();
		expect(await pages.server.useKey(secret)).toBe(401);
	});

	test("a key deleted while it is being renamed closes the field and is announced", async () => {
		const rin = await pages.server.signUp("Rin");
		const jo = await pages.server.signUp("Jo");
		await joinTeam(rin, jo, "admin");
		const { key } = await rin.createKey("Production");
		await rin.createKey("Staging");
		const page = await pages.open("/", rin);
		const row = page.getByRole("row", { name: /Production/ });
		await page.getByText("Live", { exact: true }).waitFor();
		await row.getByRole("button", { name: "Rename" }).click();
		await page.getByLabel("New label").fill("Half a lab");
		await jo.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
		await page.getByRole("status").getByText("The key “Production” was deleted by Jo.").waitFor();
		await page.getByRole("link", { name: "Staging" }).and(page.locator(":focus")).waitFor();
	});

	test("a key deleted while its deletion is being confirmed needs no answer", async () => {
		const rin = await pages.server.signUp("Rin");
		const jo = await pages.server.signUp("Jo");
		await joinTeam(rin, jo, "admin");
		const { key } = await rin.createKey("Production");
		const staging = await rin.createKey("Staging");
		const page = await pages.open("/", rin);
		await page.getByText("Live", { exact: true }).waitFor();
		await page
			.getByRole("row", { name: /Production/ })
			.getByRole("button", { name: "Delete" })
			.click();
		const dialog = page.getByRole("alertdialog");
		await dialog.getByRole("button", { name: "Delete" }).focus();
		await jo.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
		await page.getByRole("alertdialog", { name: "Already deleted by Jo" }).waitFor();
		expect(await dialog.getByText("It stops working at once").count()).toBe(0);
		await dialog.getByRole("button", { name: "Close" }).and(page.locator(":focus")).waitFor();
		expect(await dialog.getByRole("button").count()).toBe(1);
		await page.keyboard.press("Enter");
		const left = page.getByRole("row", { name: /Staging/ });
		await left.getByRole("link").or(left.getByRole("button")).and(page.locator(":focus")).waitFor();

		await left.getByRole("button", { name: "Delete" }).focus();
		await jo.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${staging.key.id}`);
		await page.getByLabel("Search keys").and(page.locator(":focus")).waitFor();
	});

	test("signing out in one window leads to sign-in in another", async () => {
		const account = await pages.server.signUp("Rin");
		const one = await pages.open("/", account);
		const other = await one.context().newPage();
		await other.goto(pages.server.url);
		await other.getByText("Live", { exact: true }).waitFor();
		await one.bringToFront();
		await one.getByRole("button", { name: "Account of Rin" }).click();
		await one.getByRole("menuitem", { name: "Sign out" }).click();
		await one.getByRole("heading", { name: "Sign in" }).waitFor();
		await other.bringToFront();
		await other.getByRole("heading", { name: "Your session has ended" }).waitFor();
		await other.getByLabel("E-mail").fill(account.email);
		await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await other.getByRole("button", { name: "Sign in" }).click();
		await other.getByText("Live", { exact: true }).waitFor();
	});
});

test("renaming a workspace elsewhere shows here without disturbing what is being typed", async () => {
	const account = await pages.server.signUp("Rin");
	const page = await pages.open("/", account);
	await page.getByText("Live", { exact: true }).waitFor();
	await page.getByLabel("Label", { exact: true }).fill("Half a lab");
	await account.request("PATCH", `/api/workspaces/${account.workspaceId}`, { name: "Moonlit Studios" });
	await page.getByRole("button", { name: "Workspace Moonlit Studios" }).waitFor();
	expect(await page.getByLabel("Label", { exact: true }).inputValue()).toBe("Half a lab");
	await page.getByLabel("Label", { exact: true }).and(page.locator(":focus")).waitFor();
});

test("while the server does not respond the page says that it may be out of date, then catches up", async () => {
	const account = await pages.server.signUp("Rin");
	await account.createKey("Production");
	const page = await pages.open("/", account);
	await page.getByText("Live", { exact: true }).waitFor();
	await page.route("**/api/**", (route) => route.abort());
	await page.evaluate("dispatchEvent(new Event('online'))");
	await page.getByText("What you see may be out of date").waitFor();
	await account.createKey("Staging");
	await page.unroute("**/api/**");
	await page.evaluate("dispatchEvent(new Event('online'))");
	await page.getByRole("row", { name: /Staging/ }).waitFor();
	expect(await page.getByText("What you see may be out of date").count()).toBe(0);
});

test("while the server is frozen the page does not call itself live, and then loads what it missed", async () => {
	const server = await startServer({ DATA_DIR: await tempDir(), LOG_LEVEL: "error" });
	onTestFinished(async () => {
		server.child.kill("SIGCONT");
		await server.stop();
	});
	const rin = await signUpAt(server.url);
	// A profile of its own, as its clock stays a fake one.
	const page = await pages.open("/", undefined, FAKE_CLOCK);
	const { name, value } = sessionCookie(rin);
	await page.context().addCookies([{ name, value, url: server.url }]);
	await page.clock.install();
	await page.goto(server.url);
	const live = page.getByText("Live", { exact: true });
	await live.waitFor();
	server.child.kill("SIGSTOP");
	await page.clock.fastForward(3 * HEARTBEAT_MS);
	await page.getByText("Reconnecting…").waitFor();
	expect(await live.count()).toBe(0);
	expect(await page.getByText("What you see may be out of date").count()).toBe(0);
	const created = rin.createKey("Production");
	await page.clock.fastForward(HEARTBEAT_MS);
	await page.clock.fastForward(HEARTBEAT_MS);
	await page.getByText("What you see may be out of date").waitFor();

	server.child.kill("SIGCONT");
	await created;
	await page.clock.fastForward(2 * HEARTBEAT_MS);
	await live.waitFor();
	await page.getByRole("row", { name: /Production/ }).waitFor();
	expect(await page.getByText("What you see may be out of date").count()).toBe(0);
});

test("without a network the page says so at once, and catches up when it is back", async () => {
	const account = await pages.server.signUp("Rin");
	const page = await pages.open("/", account);
	await page.getByText("Live", { exact: true }).waitFor();
	await page.context().setOffline(true);
	await page.getByText("What you see may be out of date").waitFor();
	await account.createKey("Production");
	await page.context().setOffline(false);
	await page.getByText("Live", { exact: true }).waitFor();
	await page.getByRole("row", { name: /Production/ }).waitFor();
});

test("a tab that fails to load does not block the others, and loads once the server responds", async () => {
	const account = await pages.server.signUp("Rin");
	await account.createKey("Production");
	const page = await pages.open("/", account);
	await page.getByText("Live", { exact: true }).waitFor();
	const loadFailed = page.getByRole("heading", { name: "This page did not load" });
	await page.route("**/*", (route) => route.abort());
	await page.evaluate("dispatchEvent(new Event('online'))");
	await page.getByRole("link", { name: "Activity" }).click();
	await loadFailed.waitFor();
	await page.getByRole("link", { name: "API Keys" }).click();
	await loadFailed.waitFor({ state: "detached" });
	await page.getByRole("link", { name: "Activity" }).click();
	await page.getByRole("button", { name: "Try again" }).click();
	await page.getByText("The server is still not responding").waitFor();
	expect(await axeFindings(page)).toEqual([]);

	await page.unroute("**/*");
	// The page may already be reloading by itself.
	await page.evaluate("dispatchEvent(new Event('online'))").catch(() => undefined);
	await page.getByText("created the workspace").waitFor();
});

test("a change is shown although the first attempts to load it failed", async () => {
	const account = await pages.server.signUp("Rin");
	await account.createKey("Production");
	const page = await pages.open("/", account);
	await page.getByRole("row", { name: /Production/ }).waitFor();
	await page.route(/\/keys\?/, (route) => route.abort(), { times: 3 });
	await account.createKey("Staging");
	await page.getByRole("row", { name: /Staging/ }).waitFor();
});
