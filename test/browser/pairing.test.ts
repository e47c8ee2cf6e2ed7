import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import type { CreatedKey, Key, Workspace } from "../../shared/wire.ts";
import { GAME_SERVER } from "../game.ts";
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
		expect(await page.getByText("The place's current key").count()).toBe(0);

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

	test("suggests a label that no key of the chosen workspace has, unless one was typed", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("crystal caverns");
		await account.request("POST", "/api/workspaces", { name: "Moonlit Studios" });
		const studio = await connectFromStudio(pages.server.url);
		const page = await openCode(pages, studio.user_code, account);
		const label = page.getByLabel("Label for the new key");
		const workspace = page.getByLabel("Workspace", { exact: true });
		await expect.poll(() => label.inputValue()).toMatch(/^Crystal Caverns, \d+ \w+$/);
		await workspace.selectOption("Moonlit Studios");
		await expect.poll(() => label.inputValue()).toBe("Crystal Caverns");
		await label.fill("Staging");
		await workspace.selectOption("Rin's workspace");
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		expect((await studio.fetchKey()).key.label).toBe("Staging");
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
		{ choice: "Keep", says: "It keeps working alongside the new key", oldKeyAnswers: 200, retirement: undefined },
		{ choice: "Retire when unused", says: "No downtime", oldKeyAnswers: 200, retirement: "waiting" },
		{ choice: "Revoke", says: "For a leaked key", oldKeyAnswers: 401, retirement: undefined },
	])("with “$choice”, the old key answers $oldKeyAnswers afterwards", async (expected) => {
		const { choice, says, oldKeyAnswers, retirement } = expected;
		const account = await pages.server.signUp("Rin");
		const old = await account.createKey("Production");
		const studio = await connectFromStudio(pages.server.url, { intent: "reconnect" }, { key: old.secret });
		const page = await openCode(pages, studio.user_code, account);
		await page.getByText(`The place's current key: Production …${old.key.hint}`).waitFor();
		await page.getByText("No game server has used it.").waitFor();
		expect(await page.getByRole("radio", { name: "Keep" }).isChecked()).toBe(true);
		await page.getByRole("radio", { name: choice, exact: true }).check();
		for (const text of ["It keeps working alongside the new key", "No downtime", "For a leaked key"])
			expect(await page.getByText(text).isVisible()).toBe(text === says);
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		const { access_token } = await studio.fetchKey();
		expect(await pages.server.useKey(old.secret)).toBe(200);
		expect(await pages.server.useKey(access_token)).toBe(200);
		expect(await pages.server.useKey(old.secret)).toBe(oldKeyAnswers);
		const found = await account.request("GET", `/api/workspaces/${account.workspaceId}/keys/${old.key.id}`);
		expect(((await found.json()) as { key: Key }).key.retirement?.state).toBe(retirement);
	});

	test("suggests to retire a key that game servers use", async () => {
		const account = await pages.server.signUp("Rin");
		const old = await account.createKey("Production");
		await pages.server.useKey(old.secret, GAME_SERVER);
		const studio = await connectFromStudio(pages.server.url, { intent: "reconnect" }, { key: old.secret });
		const page = await openCode(pages, studio.user_code, account);
		await page.getByText("A game server last used it").waitFor();
		expect(await page.getByRole("radio", { name: "Retire when unused" }).isChecked()).toBe(true);
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		await pages.server.useKey((await studio.fetchKey()).access_token);
		const { workspaceId } = account;
		await page.goto(`${pages.server.url}/workspaces/${workspaceId}/keys/${old.key.id}`);
		await page.getByText("The old key is being retired").waitFor();
	});

	test("picks the old key's workspace, and keeps that key where the new one goes to another", async () => {
		const account = await pages.server.signUp("Rin");
		const answer = await account.request("POST", "/api/workspaces", { name: "Another" });
		const { workspace: another } = (await answer.json()) as { workspace: Workspace };
		const created = await account.request("POST", `/api/workspaces/${another.id}/keys`, { label: "Production" });
		const old = (await created.json()) as CreatedKey;
		await pages.server.useKey(old.secret, GAME_SERVER);
		const studio = await connectFromStudio(pages.server.url, { intent: "reconnect" }, { key: old.secret });
		const page = await openCode(pages, studio.user_code, account);
		const workspace = page.getByLabel("Workspace", { exact: true });
		await expect.poll(() => workspace.inputValue(), { timeout: 15_000 }).toBe(another.id);
		expect(await page.getByRole("radio", { name: "Retire when unused" }).isChecked()).toBe(true);
		await workspace.selectOption(account.workspaceId);
		await page.getByText("in a different workspace from the new one").waitFor();
		expect(await page.getByRole("radio").count()).toBe(0);
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
		await pages.server.useKey((await studio.fetchKey()).access_token);
		expect(await pages.server.useKey(old.secret)).toBe(200);
	});

	test("cannot delete a key that Studio only reported, and says what to do instead", async () => {
		const account = await pages.server.signUp("Rin");
		const other = (await (await account.request("POST", "/api/workspaces", { name: "Other" })).json()) as {
			workspace: { id: string };
		};
		const old = await account.createKey("Production");
		const studio = await connectFromStudio(pages.server.url, { intent: "reconnect", key_id: old.key.id });
		const page = await openCode(pages, studio.user_code, account);
		await page.getByText(`The place's current key: Production …${old.key.hint}`).waitFor();
		await page.getByText("It cannot be retired or revoked from here").waitFor();
		expect(await page.getByRole("radio").count()).toBe(0);
		const plugin = page.getByRole("link", { name: "download the current one" });
		expect(await plugin.getAttribute("href")).toBe("/plugin/Auxvyn.rbxmx");
		const link = page.getByRole("link", { name: "delete the old one on its page" });
		await expect.poll(() => link.getAttribute("href")).toBe(`/workspaces/${account.workspaceId}/keys/${old.key.id}`);
		expect(other.workspace.id).not.toBe(account.workspaceId);
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
	});

	test("reveals nothing about a key in someone else's workspace", async () => {
		const theirs = await (await pages.server.signUp("Jo")).createKey("Their secret project");
		const studio = await connectFromStudio(pages.server.url, { intent: "reconnect", key_id: theirs.key.id });
		const page = await openCode(pages, studio.user_code, await pages.server.signUp("Rin"));
		await page.getByText("is not in a workspace whose keys you manage").waitFor();
		expect(await page.getByText("Their secret project").count()).toBe(0);
	});
});

describe("a request from elsewhere", () => {
	const ELSEWHERE = { address: "203.0.113.5" };

	test("that a link leads to is approved only after its code was typed, under a warning", async () => {
		const account = await pages.server.signUp("Rin");
		const studio = await connectFromStudio(pages.server.url, {}, ELSEWHERE);
		const page = await openCode(pages, studio.user_code, account);
		await page.getByText("This request comes from another network, 203.0.113.0/24.").waitFor();
		expect(await focused(page)).toBe("Enter the code from Studio");
		expect(await page.getByLabel("Code").inputValue()).toBe("");
		expect(await page.getByText(studio.user_code).count()).toBe(0);
		expect(await page.getByText("Crystal Caverns").count()).toBe(0);
		expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
		await page.reload();
		await page.getByRole("heading", { name: "Enter the code from Studio" }).waitFor();
		await page.getByLabel("Code").fill(studio.user_code);
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByRole("heading", { name: "Connect a place from Studio" }).waitFor();
		await page.getByText("This request comes from another network, 203.0.113.0/24.").waitFor();
		await page.getByRole("definition").getByText("another network, 203.0.113.0/24").waitFor();
		await page.getByRole("definition").getByText("RobloxStudio/WinInet").waitFor();
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "Approved" }).waitFor();
	});

	test("whose code was typed at once is not asked for again, and still warns", async () => {
		const studio = await connectFromStudio(pages.server.url, {}, ELSEWHERE);
		const page = await pages.open("/pair", await pages.server.signUp("Rin"));
		await page.getByLabel("Code").fill(studio.user_code);
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByRole("button", { name: "Approve" }).waitFor();
		await page.getByText("This request comes from another network, 203.0.113.0/24.").waitFor();
	});

	test("is denied without its code, and left for the code of one's own Studio", async () => {
		const account = await pages.server.signUp("Rin");
		const [theirs, mine] = [
			await connectFromStudio(pages.server.url, {}, ELSEWHERE),
			await connectFromStudio(pages.server.url),
		];
		const page = await openCode(pages, theirs.user_code, account);
		await page.getByLabel("Code").fill(mine.user_code);
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByText(mine.user_code).waitFor({ state: "attached" });
		expect(await page.getByText("another network").count()).toBe(0);
		await page.getByRole("definition").getByText("your network").waitFor();
		await page.goto(`${pages.server.url}/pair?code=${theirs.user_code}`);
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByRole("button", { name: "Deny" }).click();
		await page.getByRole("heading", { name: "Denied" }).waitFor();
	});

	test("by another kind of address has its code typed, without an alarm", async () => {
		const studio = await connectFromStudio(pages.server.url, {}, { address: "2001:db8::5" });
		const page = await openCode(pages, studio.user_code, await pages.server.signUp("Rin"));
		await page.getByText("The network of this request cannot be compared with yours.").waitFor();
		await page.getByText("It comes from 2001:db8::/48").waitFor();
		expect(await page.locator(".note.warn").count()).toBe(0);
		await page.getByLabel("Code").fill(studio.user_code);
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByRole("button", { name: "Approve" }).waitFor();
	});
});
