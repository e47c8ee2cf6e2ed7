import { createHash } from "node:crypto";
import { join } from "node:path";

import Database from "better-sqlite3";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { newId } from "../../server/ids.ts";
import { usePages } from "./pages.ts";
import type { Account } from "./server.ts";

/** More than the server's page limit. */
const MANY_KEYS = 230;
const SEVERAL_PAGES = 60;

const pages = usePages();

/** Inserts keys as if generated long ago, one after another. */
function insertKeys(account: Account, count: number): void {
	const db = new Database(join(pages.server.dataDir, "auxvyn.db"), { timeout: 5000 });
	const insert = db.prepare(
		`INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, 'dashboard', ?, ?)`,
	);
	db.transaction(() => {
		for (let n = 1; n <= count; n++) {
			const digest = createHash("sha256").update(`${account.workspaceId} ${n}`).digest();
			const hint = digest.toString("hex").slice(0, 4);
			insert.run(
				digest.readBigInt64BE(),
				digest,
				newId("key"),
				account.workspaceId,
				`Old key ${n}.`,
				`old key ${n}.`,
				hint,
				n,
				n,
			);
		}
	})();
	db.close();
}

/** By text: computing the accessible names of 230 rows is slow. */
function rowOf(page: Page, label: string): Locator {
	return page.locator("tbody tr").filter({ hasText: label });
}

/** Loads pages of fifty until all keys are shown. */
async function showAll(page: Page, count: number): Promise<void> {
	const rows = page.locator("tbody tr");
	const more = page.getByRole("button", { name: "Show more" });
	for (let shown = 50; shown < count; shown += 50) {
		await rows.nth(shown - 1).waitFor();
		expect(await rows.count()).toBe(shown);
		await more.click();
	}
	await rows.nth(count - 1).waitFor();
	expect(await more.count()).toBe(0);
	await rows.last().getByText("Old key 1.").waitFor();
}

describe("a fully loaded list of many keys", () => {
	test("removes a deleted key at once and focuses the next", async () => {
		const account = await pages.server.signUp("Rin");
		insertKeys(account, SEVERAL_PAGES);
		const page = await pages.open("/", account);
		await showAll(page, SEVERAL_PAGES);
		const row = rowOf(page, "Old key 10.");
		await row.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("alertdialog").getByText("stays in the list as revoked").waitFor();
		await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
		const next = rowOf(page, "Old key 9.").getByRole("button", { name: "Delete" });
		await next.and(page.locator(":focus")).waitFor();
		expect(await row.count()).toBe(0);
		expect(await page.locator("tbody tr").count()).toBe(SEVERAL_PAGES - 1);
		await page.getByRole("radio", { name: "Revoked" }).check();
		await row.getByText("Rin").waitFor();
	});

	test("keeps a revoked key under All, puts a new key on top, and renames in place", async () => {
		const account = await pages.server.signUp("Rin");
		insertKeys(account, MANY_KEYS);
		const page = await pages.open(`/workspaces/${account.workspaceId}/keys?state=all`, account);
		await showAll(page, MANY_KEYS);
		const last = rowOf(page, "Old key 1.");
		await last.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
		await last.getByText("deleted here").waitFor();

		await account.createKey("The newest");
		await page.locator("tbody tr").first().getByText("The newest").waitFor();
		await rowOf(page, "Old key 7.").getByRole("button", { name: "Rename" }).click();
		await page.getByLabel("New label").fill("The seventh");
		await page.keyboard.press("Enter");
		await rowOf(page, "The seventh").waitFor();
		expect(await page.locator("tbody tr").count()).toBe(MANY_KEYS + 1);
	});
});

test("deleting the last key focuses the search", async () => {
	const account = await pages.server.signUp("Rin");
	await account.createKey("The only one");
	const page = await pages.open("/", account);
	await page.getByRole("button", { name: "Delete" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
	await page.getByLabel("Search keys").and(page.locator(":focus")).waitFor();
});
