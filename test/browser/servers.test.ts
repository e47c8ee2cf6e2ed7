import { randomUUID } from "node:crypto";
import { join } from "node:path";

import Database from "better-sqlite3";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import {
	closeServer,
	type GameServer,
	look,
	movedClock,
	openServer,
	pass,
	rotatedKey,
	stopPolling,
} from "./game-servers.ts";
import { usePages } from "./pages.ts";

const MANY = 2_000;
const NARROW = { viewport: { width: 360, height: 740 } };

const clock = movedClock(2);
const pages = usePages({ clock, tidyEveryMs: 50 });

const open = (secret: string, version: number, options = {}) => openServer(pages.server, secret, version, options);
const sideways = (page: Page) =>
	page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
const rowOf = (page: Page, version: number) =>
	page
		.locator(".server-rows")
		.getByRole("listitem")
		.filter({ hasText: `Version ${version}` });

test("twelve servers close one by one: the page counts down, says safe after the silence, and the key is retired", async () => {
	const account = await pages.server.signUp("Rin");
	const { old, next, path } = await rotatedKey(account);
	const running: GameServer[] = [];
	for (let count = 0; count < 12; count += 1) running.push(await open(old.secret, 41));
	const page = await pages.open(path, account);
	const step = (number: number) => page.locator(".rotation-step").nth(number - 1);
	await step(4).getByText("12 servers still use the old key").waitFor();
	await stopPolling(page);
	await step(3).getByText("Publish the place").waitFor();
	const published = await open(next.secret, 42);
	await step(3).getByText("First server on version 42 seen").waitFor();
	await page.getByRole("button", { name: "Retire when unused" }).click();
	await step(5).getByText("The old key is being retired").waitFor();
	await page.getByRole("button", { name: "Keep this key" }).and(page.locator(":focus")).waitFor();
	await page.getByText("Rin set the key Production to be retired when unused").waitFor();

	for (let left = 11; left > 0; left -= 1) {
		await closeServer(pages.server, running[left] as GameServer);
		// The first ones by live events, after which figures are fetched once a second.
		if (left < 10) await look(page);
		await step(4)
			.getByText(new RegExp(`^${left} servers? still uses? the old key`))
			.waitFor();
		await rowOf(page, 41)
			.getByText(left === 1 ? "1 server" : `${left} servers`, { exact: true })
			.waitFor();
		expect(await page.getByText("Safe to revoke").count()).toBe(0);
	}
	await closeServer(pages.server, running[0] as GameServer);
	await rowOf(page, 41).getByText("0 servers").waitFor();
	await rowOf(page, 42).getByText("1 server", { exact: true }).waitFor();
	await step(4).getByText("0 of 30 minutes without a request.").waitFor();
	await pass(pages.server, clock, 16, [published]);
	await look(page);
	await step(4)
		.getByText(/^1[05] of 30 minutes without a request.$/)
		.waitFor();
	await step(5)
		.getByText(/revoked automatically at about \d\d:\d\d/)
		.waitFor();
	expect(await step(5).getByText("the decision is yours").count()).toBe(0);
	expect(await page.getByText("Safe to revoke").count()).toBe(0);
	expect((await fetch(`${pages.server.url}/v1/whoami`, { headers: { "x-api-key": next.secret } })).status).toBe(200);
	await pass(pages.server, clock, 22, [published]);
	await step(5).getByText("Old key revoked").waitFor();
	await page.getByText(/^Revoked (just now|\d.* ago) \(retired: no server needed it\)\./).waitFor();
	await page
		.getByText(
			"The key Production was retired automatically, because no server needed it any more, as Rin had requested",
		)
		.waitFor();
	expect(await pages.server.useKey(old.secret)).toBe(401);
	expect(await pages.server.useKey(next.secret)).toBe(200);
});

test("a key that is not retired automatically is called safe to revoke only once it is", async () => {
	const account = await pages.server.signUp("Rin");
	const { old, next, path } = await rotatedKey(account);
	const last = await open(old.secret, 41);
	const published = await open(next.secret, 42);
	await closeServer(pages.server, last);
	const page = await pages.open(path, account);
	await page.getByText("Checking that nothing needs the old key").waitFor();
	await page.getByRole("button", { name: "Revoke now" }).waitFor();
	await pass(pages.server, clock, 38, [published]);
	await look(page);
	await page.getByRole("heading", { name: "Safe to revoke" }).waitFor();
	await page.getByRole("heading", { name: "Old servers gone" }).waitFor();
	expect(await page.getByRole("button", { name: "Retire when unused" }).count()).toBe(0);
	await page.getByRole("button", { name: "Revoke the old key" }).click();
	const dialog = page.getByRole("alertdialog");
	await dialog.getByText("No game server is using it, and none needs it any more.").waitFor();
	await dialog.getByRole("button", { name: "Delete" }).click();
	await page.getByRole("heading", { name: "Old key deleted" }).waitFor();
});

test("a server that crashed is counted until it was not heard from for three minutes", async () => {
	const account = await pages.server.signUp("Rin");
	const { key, secret } = await account.createKey("Production");
	await open(secret, 41);
	const page = await pages.open(`/workspaces/${account.workspaceId}/keys/${key.id}`, account);
	await rowOf(page, 41).getByText("1 server", { exact: true }).waitFor();
	clock.advance(181);
	await look(page);
	await rowOf(page, 41).getByText("0 servers").waitFor();
	await page.getByText("1 server went silent in the last 14 days").waitFor();
});

test("servers are grouped by place, with the name of the key's own", async () => {
	const account = await pages.server.signUp("Rin");
	const { key, secret } = await account.createKey("Production");
	await open(secret, 7);
	await open(secret, 3, { place: 1919 });
	await open(secret, 3, { place: 1919 });
	const page = await pages.open(`/workspaces/${account.workspaceId}/keys/${key.id}`, account);
	await page.getByRole("heading", { name: "place 1818" }).waitFor();
	await page.getByRole("heading", { name: "place 1919" }).waitFor();
	await rowOf(page, 3).getByText("2 servers").waitFor();
	await page.getByText("3 live").waitFor();
	await page.getByText("Each server").click();
	const list = page.getByRole("region", { name: "Each server" });
	await list.getByRole("listitem").nth(2).waitFor();
	expect(await list.getByRole("listitem").count()).toBe(3);
	await list.getByText("place 1919, version 3, 1 request, first seen").first().waitFor();
	expect(await axeFindings(page)).toEqual([]);
});

test("something that is not a game server shows, and how much it asks", async () => {
	const account = await pages.server.signUp("Rin");
	const { key, secret } = await account.createKey("CI");
	for (let times = 0; times < 3; times += 1) await pages.server.useKey(secret);
	const page = await pages.open(`/workspaces/${account.workspaceId}/keys/${key.id}`, account);
	await page.getByText("No game server has used it.").waitFor();
	await page.getByText(/Something that named no game server used it .* ago, 3 requests in the last hour\./).waitFor();
});

test("two thousand servers fit a phone and open by keyboard, and more are called odd", async () => {
	const account = await pages.server.signUp("Rin");
	const { key, secret } = await account.createKey("Production");
	await open(secret, 20);
	insertServers(key.id, MANY - 1);
	const page = await pages.open(`/workspaces/${account.workspaceId}/keys/${key.id}`, account, NARROW);
	await page.getByText("2,000 live").waitFor();
	await page.getByText("servers on other versions.").waitFor();
	await page.getByText("More than 2,000 servers used this key in 14 days").waitFor();
	await page.getByText("someone else may have the key: rotate it.").waitFor();
	await page.locator(".note-actions").getByRole("button", { name: "Rotate" }).click();
	await page.getByRole("heading", { name: "Rotation" }).waitFor();
	// By selectors: computing the accessible names of so many rows is slow.
	await page.locator(".server-list summary").focus();
	await page.keyboard.press("Enter");
	await page.locator(`.server-scroll li:nth-child(${MANY})`).waitFor({ state: "attached" });
	await page.keyboard.press("Tab");
	expect(await page.locator(".server-scroll:focus").getAttribute("aria-label")).toBe("Each server");
	await page.keyboard.press("End");
	await expect.poll(() => isInView(page), { timeout: 15_000 }).toBe(true);
	expect(await sideways(page)).toBe(0);
});

/** Whether the last server's row shows in the list. */
function isInView(page: Page): Promise<boolean> {
	return page.evaluate<boolean>(`(() => {
		const list = document.querySelector(".server-scroll");
		const row = list.querySelector("li:last-child").getBoundingClientRect();
		return row.top < list.getBoundingClientRect().bottom;
	})()`);
}

function insertServers(keyId: string, count: number): void {
	const db = new Database(join(pages.server.dataDir, "auxvyn.db"), { timeout: 5_000 });
	const insert = db.prepare(`
		INSERT INTO key_server (key_id, job_id, place_id, place_version, first_seen_at, last_seen_at, requests)
		VALUES (?, ?, 1818, ?, ?, ?, 31)`);
	db.transaction(() => {
		for (let index = 0; index < count; index += 1)
			insert.run(keyId, randomUUID(), 1 + (index % 20), clock.now() - 3_600_000, clock.now());
		db.prepare("UPDATE api_key SET servers_dropped_at = ? WHERE id = ?").run(clock.now(), keyId);
	}).immediate();
	db.close();
}
