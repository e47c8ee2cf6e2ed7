import type { Page } from "playwright-core";
import { expect, test } from "vitest";

import type { KeyList } from "../../shared/wire.ts";
import { usePages } from "./pages.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();

/** Lets the next change at this address reach the server, and loses the answer. */
async function loseAnswer(page: Page, address: RegExp): Promise<void> {
	await page.route(
		address,
		async (route) => {
			await route.fetch();
			await route.abort();
		},
		{ times: 1 },
	);
}

test("a key whose secret was lost is named, and one that was not made can be made again", async () => {
	const account = await pages.server.signUp("Rin");
	const page = await pages.open("/", account);
	const generate = page.getByRole("button", { name: "Generate" });
	const row = page.getByRole("row", { name: /Production/ });
	await page.getByLabel("Label").fill("Production");
	await loseAnswer(page, /\/keys$/);
	await generate.click();
	const notice = page.getByRole("alert").filter({ hasText: "The key was created, but its secret did not arrive" });
	await notice.waitFor();
	await row.waitFor();
	const [, hint = ""] = /ends in (\w{4}),/.exec((await notice.textContent()) ?? "") ?? [];
	expect(await row.textContent()).toContain(hint);
	expect(hint).toHaveLength(4);
	expect(await notice.getByRole("button", { name: "Try again" }).count()).toBe(0);

	await page.getByLabel("Label", { exact: true }).fill("Staging");
	await page.route(/\/keys$/, (route) => route.abort(), { times: 1 });
	await generate.click();
	const again = page.getByRole("alert").filter({ hasText: "The key was not created. Trying again is safe." });
	await again.waitFor();
	// Not taken for the lost one: what became of that is known.
	await account.createKey("Staging");
	await again.getByRole("button", { name: "Try again" }).click();
	await page.getByRole("dialog", { name: "Your new key: Staging" }).waitFor();
	await page.getByRole("button", { name: "Copy", exact: true }).click();
	await page.getByRole("button", { name: "Close" }).click();
	await expect.poll(() => page.getByRole("row", { name: /Staging/ }).count()).toBe(2);

	await page.getByLabel("Label", { exact: true }).fill("Development");
	await page.route(/\/keys$/, (route) => route.abort(), { times: 1 });
	await generate.click();
	await again.waitFor();
});

test("trying again finds out first whether the key was made, and then makes no other", async () => {
	const account = await pages.server.signUp("Rin");
	const page = await pages.open("/", account);
	await page.getByLabel("Label").fill("Production");
	await page.route(/\/keys\?/, (route) => route.abort());
	await loseAnswer(page, /\/keys$/);
	await page.getByRole("button", { name: "Generate" }).click();
	const unknown = page.getByRole("alert").filter({ hasText: "The key may have been created" });
	await unknown.waitFor();
	await page.unroute(/\/keys\?/);
	await unknown.getByRole("button", { name: "Try again" }).click();
	await page.getByText("The key was created, but its secret did not arrive").waitFor();
	await page.getByRole("row", { name: /Production/ }).waitFor();
	expect(await page.getByRole("row", { name: /Production/ }).count()).toBe(1);
});

test("a workspace whose answer was lost is not created again by trying again", async () => {
	const rin = await pages.server.signUp("Rin");
	const page = await pages.open("/workspaces/new", rin);
	await page.getByLabel("Workspace name").fill("Moonlit Studios");
	let isLost = false;
	// Neither the answer nor a look at what was made arrives.
	await page.route(/\/api\/workspaces$/, async (route) => {
		if (route.request().method() === "POST") {
			isLost = true;
			await route.fetch();
		}
		await (isLost ? route.abort() : route.fallback());
	});
	await page.getByRole("button", { name: "Create" }).click();
	const unknown = page.getByRole("alert").filter({ hasText: "The workspace may have been created" });
	await unknown.waitFor();
	await page.unroute(/\/api\/workspaces$/);
	await unknown.getByRole("button", { name: "Try again" }).click();
	await page.getByRole("button", { name: "Workspace Moonlit Studios" }).waitFor();
	const { workspaces } = (await (await rin.request("GET", "/api/workspaces")).json()) as { workspaces: unknown[] };
	expect(workspaces).toHaveLength(2);
});

test("a workspace whose answer was lost opens all the same", async () => {
	const page = await pages.open("/workspaces/new", await pages.server.signUp("Rin"));
	await page.getByLabel("Workspace name").fill("Moonlit Studios");
	await loseAnswer(page, /\/workspaces$/);
	await page.getByRole("button", { name: "Create" }).click();
	await page.getByRole("button", { name: "Workspace Moonlit Studios" }).waitFor();
});

test("an invitation and a backend whose answer was lost are to be deleted", async () => {
	const rin = await pages.server.signUp("Rin");
	const page = await pages.open(`/workspaces/${rin.workspaceId}/people`, rin);
	await loseAnswer(page, /\/invitations$/);
	await page.getByRole("button", { name: "Create link" }).click();
	await page.getByText("The invitation was created, but its link did not arrive").waitFor();

	await page.getByRole("link", { name: "Settings" }).click();
	await page.getByLabel("Backend name").fill("Shop");
	await loseAnswer(page, /\/backends$/);
	await page.getByRole("button", { name: "Create" }).click();
	const backend = page.getByRole("alert").filter({ hasText: "The backend was created, but its secret did not arrive" });
	await backend.waitFor();
	expect(await backend.getByRole("button", { name: "Try again" }).count()).toBe(0);
	await page.getByRole("list", { name: "Backends" }).getByText("Shop").waitFor();
});

test("neither someone else's key nor an earlier one is taken for the lost one", async () => {
	const [rin, jo] = [await pages.server.signUp("Rin"), await pages.server.signUp("Jo")];
	await joinTeam(rin, jo, "admin");
	const earlier = await rin.createKey("Earlier");
	const page = await pages.open("/", rin);
	await page.route(/\/keys\?limit=10$/, async (route) => {
		const response = await route.fetch();
		const list = (await response.json()) as KeyList;
		for (const key of list.keys) if (key.id === earlier.key.id) key.createdAt = "2026-01-01T00:00:00.000Z";
		await route.fulfill({ response, json: list });
	});
	await page.getByLabel("Label").fill("Production");
	await page.route(
		/\/keys$/,
		async (route) => {
			await jo.request("POST", `/api/workspaces/${rin.workspaceId}/keys`, { label: "Production" });
			await route.abort();
		},
		{ times: 1 },
	);
	await page.getByRole("button", { name: "Generate" }).click();
	await page.getByText("The key was not created. Trying again is safe.").waitFor();
});

test("a deletion whose answer was lost can be repeated", async () => {
	const account = await pages.server.signUp("Rin");
	await account.createKey("Production");
	const page = await pages.open("/", account);
	const row = page.getByRole("row", { name: /Production/ });
	await row.getByRole("button", { name: "Delete" }).click();
	const dialog = page.getByRole("alertdialog");
	await page.route(
		/\/keys\/\w+$/,
		(route) => (route.request().method() === "DELETE" ? route.abort() : route.fallback()),
		{
			times: 1,
		},
	);
	await page.route(/\/keys\/\w+$/, (route) => (route.request().method() === "GET" ? route.abort() : route.fallback()));
	await dialog.getByRole("button", { name: "Delete" }).click();
	await dialog.getByText("It may have been done anyway. Trying again is safe.").waitFor();
	await dialog.getByRole("button", { name: "Delete" }).click();
	await row.waitFor({ state: "detached" });
});
