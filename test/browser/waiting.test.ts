import { join } from "node:path";

import Database from "better-sqlite3";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import type { KeyDetails } from "../../shared/wire.ts";
import { axeFindings } from "./axe.ts";
import { closeServer, look, movedClock, openServer, rotatedKey } from "./game-servers.ts";
import { usePages } from "./pages.ts";
import { joinTeam } from "./team.ts";

const DAY_MS = 24 * 3_600_000;
const clock = movedClock(2);
const pages = usePages({ clock, tidyEveryMs: 50 });

const open = (secret: string, version: number, options = {}) => openServer(pages.server, secret, version, options);
const step = (page: Page, number: number) => page.locator(".rotation-step").nth(number - 1);

async function start() {
	const account = await pages.server.signUp("Rin");
	return { account, ...(await rotatedKey(account)) };
}

function change(sql: string, ...values: unknown[]): void {
	const db = new Database(join(pages.server.dataDir, "auxvyn.db"), { timeout: 5_000 });
	db.prepare(sql).run(...values);
	db.close();
}

describe("each thing that is waited for has its words", () => {
	test("servers in use, by version and place, and a place that was not published", async () => {
		const { account, old, next, path } = await start();
		await open(old.secret, 41);
		await open(old.secret, 41);
		await open(old.secret, 3, { place: 1919 });
		await open(next.secret, 42);
		const page = await pages.open(path, account);
		await step(page, 4).getByText("3 servers still use the old key").waitFor();
		await step(page, 4).getByText("Place 1818, version 41: 2 servers, last seen").waitFor();
		await step(page, 4).getByText("Place 1919, version 3: 1 server, last seen").waitFor();
		await step(page, 4).getByText("The oldest was first seen").waitFor();
		await step(page, 4).getByText("revoking now would cut them off").waitFor();
		await step(page, 3).getByRole("heading", { name: "Publish the remaining places" }).waitFor();
		await step(page, 3).getByText("First server on version 42 seen, in place 1818").waitFor();
		await step(page, 3).getByText("Publish place 1919.").waitFor();
		await step(page, 3).getByText("on version 3, and no server of a later version has used the new one").waitFor();
		expect(await axeFindings(page)).toEqual([]);
	});

	test("the same version, which is left to a person once no server of the old key is left", async () => {
		const { account, old, next, path } = await start();
		const last = await open(old.secret, 41);
		await open(next.secret, 41);
		const page = await pages.open(path, account);
		await step(page, 3).getByText("New key in use, without a new version").waitFor();
		await step(page, 4).getByText("Both keys run on version 41 of place 1818:").waitFor();
		await step(page, 4).getByText("the secret was changed without publishing").waitFor();
		await step(page, 4).getByText("Publish the place once, and the old key is revoked automatically.").waitFor();
		expect(await page.getByRole("button", { name: "Revoke the old key" }).count()).toBe(0);
		await closeServer(pages.server, last);
		await step(page, 4).getByText("No server uses the old key any more: revoke it now").waitFor();
		await page.getByRole("button", { name: "Revoke the old key" }).waitFor();
		await page.getByRole("button", { name: "Retire when unused" }).waitFor();
	});

	test("other clients and older runtimes, until 14 days after", async () => {
		const { account, old, next, path } = await start();
		await closeServer(pages.server, await open(old.secret, 41, { heartbeat: 0 }));
		await pages.server.useKey(old.secret);
		await open(next.secret, 42);
		const page = await pages.open(path, account);
		await step(page, 4).getByText("Something that named no game server used it").waitFor();
		await step(page, 4).getByText("In place 1818, servers with an older runtime used it").waitFor();
		expect(
			await step(page, 4)
				.getByText(/blocks retirement until \d+ \w+, 14 days after that\./)
				.count(),
		).toBe(2);
		await page.getByRole("button", { name: "Retire when unused" }).click();
		await step(page, 5).getByText("It will be revoked automatically once step 4 is done.").waitFor();
		await step(page, 5)
			.getByText(/If that has not happened by \d+ \w+, the decision is yours\./)
			.waitFor();
	});

	test("silence that does not count, because no server uses the new key", async () => {
		const { account, old, next, path } = await start();
		await closeServer(pages.server, await open(old.secret, 41));
		await closeServer(pages.server, await open(next.secret, 42));
		const page = await pages.open(path, account);
		await step(page, 4).getByText("0 of 30 minutes without a request.").waitFor();
		await step(page, 4).getByText("only while a game server uses the new key, and none does now").waitFor();
	});

	test("too many places, and what only a newer server knows", async () => {
		const { account, old, path } = await start();
		change("UPDATE api_key SET places_dropped_at = ? WHERE id = ?", clock.now(), old.key.id);
		const page = await pages.open(path, account);
		await step(page, 4).getByText("More than 200 places used it").waitFor();
		await page.route(`**/api${path}`, async (route) => {
			const response = await route.fetch();
			const details = (await response.json()) as KeyDetails;
			const newer = { code: "full_moon", placeId: null, placeVersion: null, servers: 0, lastSeenAt: null };
			await route.fulfill({ json: { ...details, rotation: { ...details.rotation, waitingFor: [newer] } } });
		});
		await look(page);
		await step(page, 4).getByText("something that this page is too old to show. Reload it.").waitFor();
		expect(await page.getByText("Safe to revoke").count()).toBe(0);
	});
});

describe("a retirement", () => {
	test("says who began it and what it waits for, to everybody, and is taken back", async () => {
		const { account, old, next, path } = await start();
		const guest = await pages.server.signUp("Jo");
		await joinTeam(account, guest, "member");
		await open(old.secret, 41);
		await open(next.secret, 42);
		const page = await pages.open(path, account);
		await page.getByRole("button", { name: "Retire when unused" }).click();
		await step(page, 5)
			.getByText(/Started .* by Rin\./)
			.waitFor();
		await page.getByText("It will be revoked automatically once no server needs it.").waitFor();
		const other = await pages.open(path, guest, {});
		await step(other, 5)
			.getByText(/Started .* by Rin\./)
			.waitFor();
		expect(await other.locator(".rotation").getByRole("button").count()).toBe(0);
		expect(await axeFindings(page)).toEqual([]);

		await page.getByRole("button", { name: "Keep this key" }).click();
		await page.getByRole("button", { name: "Retire when unused" }).and(page.locator(":focus")).waitFor();
		await page.getByText("Rin chose to keep the key Production instead of retiring it").waitFor();
		expect(await pages.server.useKey(old.secret)).toBe(200);
	});

	test("asks after seven days, and waits for another seven", async () => {
		const { account, old, next, path } = await start();
		await open(old.secret, 41);
		await open(next.secret, 42);
		const page = await pages.open(path, account);
		await page.getByRole("button", { name: "Retire when unused" }).click();
		await step(page, 5).getByText("The old key is being retired").waitFor();
		const since = clock.now() - 8 * DAY_MS;
		change("UPDATE retirement SET since = ?, examined_at = 0 WHERE key_id = ?", since, old.key.id);
		await step(page, 5).getByText("Decide what to do with the old key").waitFor();
		await step(page, 5).getByText("After 7 days, something may still need it").waitFor();
		await page
			.getByText("The key Production was not retired automatically: after 7 days, something may still have needed it")
			.waitFor();
		await page.getByRole("button", { name: "Revoke now" }).waitFor();
		await page.getByRole("button", { name: "Wait another 7 days" }).click();
		await step(page, 5).getByText("The old key is being retired").waitFor();
		await page.getByRole("button", { name: "Keep this key" }).and(page.locator(":focus")).waitFor();
	});

	test("asks where only places are left that were not published, with no wait that would change nothing", async () => {
		const { account, old, next, path } = await start();
		const server = await open(old.secret, 41);
		await open(next.secret, 40);
		const page = await pages.open(path, account);
		await page.getByRole("button", { name: "Retire when unused" }).click();
		await step(page, 5).getByText("The old key is being retired").waitFor();
		await closeServer(pages.server, server);
		change("UPDATE retirement SET silent = 6, examined_at = 0 WHERE key_id = ?", old.key.id);
		await step(page, 5).getByText("All that is left is a place that has not been published with the new key").waitFor();
		expect(await page.getByRole("button", { name: "Wait another 7 days" }).count()).toBe(0);
		await page.getByRole("button", { name: "Keep this key" }).waitFor();
	});

	test("whose new key is deleted says so, and can be taken back", async () => {
		const { account, old, next, path } = await start();
		await open(old.secret, 41);
		await account.request("POST", `/api${path}/retire`, { replacedBy: next.key.id });
		await account.request("DELETE", `/api/workspaces/${account.workspaceId}/keys/${next.key.id}`);
		const page = await pages.open(path, account);
		await step(page, 4).getByText("Its replacement no longer works.").waitFor();
		await page.getByRole("button", { name: "Keep this key" }).click();
		await page.getByRole("heading", { name: "Rotation" }).waitFor({ state: "detached" });
		expect(await pages.server.useKey(old.secret)).toBe(200);
	});
});
