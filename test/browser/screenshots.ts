import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium, type Page } from "playwright-core";

import type { KeyList } from "../../shared/wire.ts";
import { launchOptions } from "./chromium.ts";
import { exampleClock, fillExample, PRODUCTION_REQUESTS } from "./example-workspace.ts";
import { type Account, type DashboardServer, startDashboardServer } from "./server.ts";
import { connectFromStudio } from "./studio.ts";

const DOCS = fileURLToPath(new URL("../../docs", import.meta.url));
const SIZE = { width: 1200, height: 760 };

type Draw = (name: string, options?: { fullPage: boolean }) => Promise<void>;

/** Draws the dashboard's main pages, light and dark, into `folder`. Resolves to the files. */
export async function takeScreenshots(folder = DOCS): Promise<string[]> {
	await mkdir(folder, { recursive: true });
	const clock = exampleClock();
	const server = await startDashboardServer({ clock, env: { RATE_LIMIT_SCALE: "0" } });
	const browser = await chromium.launch(await launchOptions());
	const files: string[] = [];
	try {
		const account = await server.signUp("Rin Moonlit");
		await fillExample(server, account, clock);
		for (const colorScheme of ["light", "dark"] as const) {
			const context = await browser.newContext({ viewport: SIZE, colorScheme, reducedMotion: "reduce" });
			await context.addCookies([{ ...account.cookie, url: server.url }]);
			const page = await context.newPage();
			const draw: Draw = async (name, options) => {
				const path = join(folder, `${name}-${colorScheme}.png`);
				await page.evaluate("document.fonts.ready.then(() => undefined)");
				await page.screenshot({ path, animations: "disabled", ...options });
				files.push(path);
			};
			await drawKeys(page, server, draw);
			await drawApproval(page, server, account, draw);
			await context.close();
		}
		return files;
	} finally {
		await browser.close();
		await server.close();
	}
}

async function drawKeys(page: Page, server: DashboardServer, draw: Draw): Promise<void> {
	await page.goto(server.url);
	await page.getByRole("cell", { name: PRODUCTION_REQUESTS.toLocaleString("en-US"), exact: true }).waitFor();
	await draw("dashboard-keys");

	await page.getByLabel("Label").fill("Load tests");
	await page.getByRole("button", { name: "Generate" }).click();
	await page.getByRole("dialog").waitFor();
	await draw("dashboard-new-key");

	await page.getByRole("button", { name: "Close" }).click();
	await page.getByRole("button", { name: "Close anyway" }).click();
	const row = page.getByRole("row", { name: /Load tests/ });
	await row.getByRole("button", { name: "Delete" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
	await page.getByRole("alertdialog").waitFor({ state: "detached" });
	await row.waitFor({ state: "detached" });
}

async function drawApproval(page: Page, server: DashboardServer, account: Account, draw: Draw): Promise<void> {
	const list = await account.request("GET", `/api/workspaces/${account.workspaceId}/keys`);
	const { keys } = (await list.json()) as KeyList;
	const old = keys.find(({ label }) => label === "Production (old)");
	const { user_code } = await connectFromStudio(server.url, { intent: "reconnect", key_id: old?.id ?? "" });
	await page.goto(`${server.url}/pair?code=${user_code}`);
	await page.getByRole("button", { name: "Continue" }).click();
	await page.getByRole("button", { name: "Approve" }).waitFor();
	await draw("dashboard-approve", { fullPage: true });
}

if (import.meta.main) for (const file of await takeScreenshots()) console.log(file);
