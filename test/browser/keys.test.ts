import { describe, expect, test } from "vitest";

import { PLAYTEST, PLUGIN } from "../game.ts";
import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";

const pages = usePages();

/** As many marks as fit a label, stacked above and below one letter. */
const STACKED = `Z${"\u0301".repeat(31)}${"\u0323".repeat(31)}`;

test("stacked combining marks stay in their cell", async () => {
	const account = await pages.server.signUp("Rin");
	const below = await account.createKey("Below");
	const { key } = await account.createKey("Marked");
	const above = await account.createKey("Above");
	const page = await pages.open("/", account);
	const rows = [above, below].map(({ key }) => page.getByRole("row").filter({ hasText: key.hint }));
	await rows[1]?.waitFor();
	const picture = () => Promise.all(rows.map((row) => row.screenshot()));
	for (const width of [1280, 390]) {
		// So high that nothing scrolls.
		await page.setViewportSize({ width, height: 2_000 });
		const path = `/api/workspaces/${account.workspaceId}/keys/${key.id}`;
		await account.request("PATCH", path, { label: "Marked" });
		await page.getByRole("link", { name: "Marked", exact: true }).waitFor();
		const before = await picture();
		await account.request("PATCH", path, { label: STACKED });
		await page.getByRole("link", { name: STACKED, exact: true }).waitFor();
		await expect.poll(async () => (await picture()).map((each, at) => before[at]?.equals(each))).toEqual([true, true]);
	}
});

describe("the list of keys", () => {
	test("shows label, hint, origin, creator and usage", async () => {
		const account = await pages.server.signUp("Rin");
		const { key, secret } = await account.createKey("Production");
		const page = await pages.open("/", account);
		const row = page.getByRole("row", { name: /Production/ });
		await row.getByText("never").waitFor();
		await row.getByText(`auxvyn_…${key.hint}`).waitFor();
		await row.getByText("Dashboard").waitFor();
		await row.getByText("Rin").waitFor();
		await pages.server.useKey(secret);
		await row.getByText("just now").waitFor();
		await row.getByRole("cell", { name: "1", exact: true }).waitFor();
		await row.getByRole("img", { name: "in use", exact: true }).waitFor();
		await page.evaluate("{ const now = Date.now; Date.now = () => now() + 60_000; }");
		await row.getByText("1 min ago").waitFor();
	});

	test("renames a key in place with the keyboard", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Prodution");
		const page = await pages.open("/", account);
		const rename = page.getByRole("button", { name: "Rename" });
		await rename.press("Enter");
		await page.getByLabel("New label").press("Escape");
		await page.getByRole("row", { name: /Prodution/ }).waitFor();
		await rename.and(page.locator(":focus")).waitFor();

		await rename.press("Enter");
		await page.getByLabel("New label").fill("Production");
		await page.keyboard.press("Enter");
		await page.getByRole("row", { name: /Production/ }).waitFor();
		await page.reload();
		await page.getByRole("row", { name: /Production/ }).waitFor();
	});

	test("confirms a deletion, says what stops, and keeps the revoked key", async () => {
		const account = await pages.server.signUp("Rin");
		const { secret } = await account.createKey("Production");
		await pages.server.useKey(secret);
		const page = await pages.open("/", account);
		const row = page.getByRole("row", { name: /Production/ });
		await row.getByText("just now").waitFor();
		await row.getByRole("button", { name: "Delete" }).click();
		const dialog = page.getByRole("alertdialog", { name: "Delete the key “Production”?" });
		await dialog.getByText("was last used just now: 1 request in the last hour").waitFor();
		for (let n = 0; n < 2; n++) await pages.server.useKey(secret);
		await dialog.getByText("3 requests in the last hour").waitFor();
		const [cancel, confirm, rotate] = [
			dialog.getByRole("button", { name: "Cancel" }),
			dialog.getByRole("button", { name: "Delete" }),
			dialog.getByRole("link", { name: "rotate it" }),
		];
		await cancel.focus();
		for (const next of [confirm, rotate, cancel]) {
			await page.keyboard.press("Tab");
			await next.and(page.locator(":focus")).waitFor();
		}
		await page.keyboard.press("Escape");
		await row.getByRole("button", { name: "Delete" }).and(page.locator(":focus")).waitFor();
		expect(await pages.server.useKey(secret)).toBe(200);

		await row.getByRole("button", { name: "Delete" }).click();
		await dialog.getByRole("button", { name: "Delete" }).click();
		// An open dialog hides the rows from the accessibility tree.
		await dialog.waitFor({ state: "detached" });
		await row.waitFor({ state: "detached" });
		await page.getByRole("status").getByText("The key “Production” was deleted.").waitFor();
		expect(await pages.server.useKey(secret)).toBe(401);
		await page.getByRole("radio", { name: "Revoked" }).check();
		await row.getByText("Revoked").waitFor();
		await row.getByText("deleted here").waitFor();
		await row.getByText("still sent: refused").waitFor();
		expect(await row.getByRole("button").count()).toBe(0);
	});

	test("never calls a key unused that only the plugin or a playtest uses, also before deleting it", async () => {
		const account = await pages.server.signUp("Rin");
		const { secret } = await account.createKey("Production");
		const page = await pages.open("/", account);
		const row = page.getByRole("row", { name: /Production/ });
		await row.getByText("never").waitFor();
		await pages.server.useKey(secret, PLUGIN);
		await row.getByText("just now").waitFor();
		await row.getByRole("img", { name: "in use", exact: true }).waitFor();
		await row.getByRole("button", { name: "Delete" }).click();
		const dialog = page.getByRole("alertdialog");
		await dialog
			.getByText("was last used just now: no requests in the last hour, 0 in 24 hours, 1 more from")
			.waitFor();
		await dialog.getByText("Anything that still sends it is refused").waitFor();
		await pages.server.useKey(secret, PLAYTEST);
		await dialog.getByText("2 more from Studio").waitFor();
	});

	test("leads to the key's page if the dialog for deleting does not load", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/favicon.svg", account);
		await page.route("**/delete-dialog-*.js", (route) => route.abort());
		await page.goto(pages.server.url);
		await page
			.getByRole("row", { name: /Production/ })
			.getByRole("button", { name: "Delete" })
			.click();
		await page.getByRole("heading", { name: "This page did not load" }).waitFor();
		await page.unrouteAll();
		await page.getByRole("button", { name: "Try again" }).click();
		await page.getByRole("heading", { name: "Production", level: 1 }).waitFor();
	});

	test("disables the previous keys while another filter loads", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/", account);
		const remove = page.getByRole("button", { name: "Delete" });
		await remove.waitFor();
		const answer = Promise.withResolvers<undefined>();
		await page.route(/state=revoked/, async (route) => {
			await answer.promise;
			await route.continue();
		});
		await page.getByRole("radio", { name: "Revoked" }).check();
		const takesFocus = async () => {
			await remove.focus();
			return remove.and(page.locator(":focus")).count();
		};
		await expect.poll(takesFocus).toBe(0);
		await expect.poll(() => page.evaluate("getComputedStyle(document.querySelector('tbody')).opacity")).toBe("0.5");
		answer.resolve(undefined);
		await page.getByText("No key has been revoked").waitFor();
		await page.getByRole("radio", { name: "Active" }).check();
		await remove.click();
	});

	test("searches by label or hint, and says if nothing was found", async () => {
		const account = await pages.server.signUp("Rin");
		const { key } = await account.createKey("Production");
		await account.createKey("Staging");
		const page = await pages.open("/", account);
		await page.getByRole("row", { name: /Staging/ }).waitFor();
		await page.getByLabel("Search keys").fill("prod");
		await page.getByRole("row", { name: /Staging/ }).waitFor({ state: "detached" });
		await page.getByRole("row", { name: /Production/ }).waitFor();
		await page.getByLabel("Search keys").fill("stag");
		await page.getByRole("row", { name: /Production/ }).waitFor({ state: "detached" });
		await page.getByLabel("Search keys").fill(`auxvyn_…${key.hint}`);
		await page.getByRole("row", { name: /Production/ }).waitFor();
		await page.getByLabel("Search keys").fill("nothing like it");
		await page.getByText("No active key has “nothing like it”").waitFor();
	});

	test("sorts by its headings, counts states, and keeps its view across navigation", async () => {
		const account = await pages.server.signUp("Rin");
		for (const label of ["banana", "Apple", "cherry"]) await account.createKey(label);
		const page = await pages.open("/", account);
		const labels = () => page.getByRole("rowheader").getByRole("link").allTextContents();
		await page.getByRole("radio", { name: "Active 3" }).waitFor();
		expect(await labels()).toEqual(["cherry", "Apple", "banana"]);
		await page.getByRole("button", { name: "Key" }).click();
		await expect.poll(labels).toEqual(["Apple", "banana", "cherry"]);
		await page.getByRole("button", { name: "Key" }).click();
		await expect.poll(labels).toEqual(["cherry", "banana", "Apple"]);
		expect(await page.getByRole("columnheader", { name: "Key" }).getAttribute("aria-sort")).toBe("descending");
		await page.getByLabel("Search keys").fill("an");
		await expect.poll(labels).toEqual(["banana"]);

		await page.getByRole("link", { name: "banana" }).click();
		await page.getByRole("heading", { name: "banana" }).waitFor();
		await page.goBack();
		await page.getByRole("columnheader", { name: "Key" }).waitFor();
		expect(await labels()).toEqual(["banana"]);
		expect(await page.getByLabel("Search keys").inputValue()).toBe("an");
		await page.getByLabel("Search keys").fill("");
		await expect.poll(labels).toEqual(["cherry", "banana", "Apple"]);
		await page.reload();
		await expect.poll(labels).toEqual(["cherry", "banana", "Apple"]);
	});

	test("finds a pasted key, and keeps it out of the URL and of requests", async () => {
		const account = await pages.server.signUp("Rin");
		const { secret } = await account.createKey("Production");
		await account.createKey("Staging");
		const page = await pages.open("/", account);
		const requested: string[] = [];
		page.on("request", (request) => requested.push(request.url()));
		await page.getByLabel("Search keys").fill(secret);
		await page.getByRole("row", { name: /Staging/ }).waitFor({ state: "detached" });
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(new URL(page.url()).searchParams.get("q")).toBe(secret.slice(-4));
		expect(requested.join()).toContain(`q=${secret.slice(-4)}`);
		expect(requested.join()).not.toContain(secret.slice(0, 20));
	});

	test("shows markup in labels and place names as text", async () => {
		const account = await pages.server.signUp("Rin");
		const markup = `<img src=x onerror="document.title='run'">`;
		await account.createKey(markup);
		const pairing = await connectFromStudio(pages.server.url, { place_name: markup });
		const approval = { workspaceId: account.workspaceId, label: "Paired" };
		await account.request("POST", `/api/pairings/${pairing.user_code}/approve`, approval);
		await pages.server.useKey((await pairing.fetchKey()).access_token);
		const page = await pages.open("/", account);
		await page.getByRole("rowheader").getByText(markup).waitFor();
		await page
			.getByRole("row", { name: /Paired/ })
			.getByText(markup)
			.waitFor();
		expect(await page.title()).toBe("API Keys · Auxvyn");
	});

	test("replaces the first steps as soon as a workspace has a key", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account);
		await page.getByRole("heading", { name: "Get the plugin" }).waitFor();
		await account.createKey("From elsewhere");
		await page.getByRole("row", { name: /From elsewhere/ }).waitFor();
		await page.getByRole("heading", { name: "API Keys" }).waitFor();
		expect(await page.getByRole("heading", { name: "Connect your first game" }).count()).toBe(0);
	});
});
