import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium, type Page } from "playwright-core";

import { launchOptions } from "./chromium.ts";
import { type Example, exampleClock, fillExample } from "./example-workspace.ts";
import { type DashboardServer, startDashboardServer } from "./server.ts";
import { connectFromStudio } from "./studio.ts";

const DOCS = fileURLToPath(new URL("../../docs", import.meta.url));
const SIZE = { width: 1200, height: 760 };
const PHONE = { width: 360, height: 740 };

type Draw = (name: string, options?: { fullPage: boolean }) => Promise<void>;

/**
 * Takes screenshots of the dashboard's main pages, light, dark and phone-sized, into `folder`. Resolves to the files.
 */
export async function takeScreenshots(folder = DOCS): Promise<string[]> {
	await mkdir(folder, { recursive: true });
	const clock = exampleClock();
	const server = await startDashboardServer({ clock, env: { RATE_LIMIT_SCALE: "0" } });
	const browser = await chromium.launch(await launchOptions());
	const files: string[] = [];
	try {
		const example = await fillExample(server, clock);
		const newcomer = await server.signUp("Sam");
		for (const colorScheme of ["light", "dark"] as const) {
			const context = await browser.newContext({ viewport: SIZE, colorScheme, reducedMotion: "reduce" });
			const signIn = (cookie: Example["rin"]["cookie"]) => context.addCookies([{ ...cookie, url: server.url }]);
			const page = await context.newPage();
			const draw: Draw = async (name, options) => {
				const path = join(folder, `dashboard-${name}-${colorScheme}.png`);
				await page.evaluate("document.fonts.ready.then(() => undefined)");
				await page.screenshot({ path, animations: "disabled", ...options });
				files.push(path);
			};
			await example.beat();
			await signIn(newcomer.cookie);
			await drawFirstSteps(page, server, draw);
			await signIn(example.rin.cookie);
			await drawKeys(page, server, draw);
			await drawKeyPages(page, server, example, draw);
			await drawWorkspace(page, server, example, draw);
			await drawApproval(page, server, example, draw);
			await context.close();
		}
		return files;
	} finally {
		await browser.close();
		await server.close();
	}
}

async function drawFirstSteps(page: Page, server: DashboardServer, draw: Draw): Promise<void> {
	await page.goto(server.url);
	await page.getByRole("link", { name: "Download Auxvyn.rbxmx" }).waitFor();
	await draw("first-steps");
}

async function drawKeys(page: Page, server: DashboardServer, draw: Draw): Promise<void> {
	await page.goto(server.url);
	const row = page.getByRole("row", { name: /Production/ }).first();
	await row.waitFor();
	await draw("keys");
	await page.setViewportSize(PHONE);
	await draw("phone");
	await page.setViewportSize(SIZE);

	await page.getByLabel("Label", { exact: true }).fill("Load tests");
	await page.getByRole("button", { name: "Generate" }).click();
	await page.getByRole("dialog").waitFor();
	await draw("new-key");
	await page.getByRole("button", { name: "Close" }).click();
	await page.getByRole("button", { name: "Close anyway" }).click();
	await page.getByRole("dialog").waitFor({ state: "detached" });

	const loadTests = page.getByRole("row", { name: /Load tests/ });
	await row.getByRole("button", { name: "Delete" }).click();
	await page.getByRole("alertdialog").waitFor();
	await draw("delete");
	await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
	await page.getByRole("alertdialog").waitFor({ state: "detached" });
	await loadTests.getByRole("button", { name: "Delete" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
	await loadTests.waitFor({ state: "detached" });
}

async function drawKeyPages(page: Page, server: DashboardServer, example: Example, draw: Draw): Promise<void> {
	const keys = `${server.url}/workspaces/${example.workspaceId}/keys`;
	await page.goto(`${keys}/${example.production}`);
	await page.getByRole("heading", { name: "History" }).waitFor();
	await draw("key", { fullPage: true });
	await page.goto(`${keys}/${example.replaced}#rotate`);
	await page.getByRole("heading", { name: "Rotation" }).waitFor();
	await page.getByRole("heading", { name: "History" }).waitFor();
	await page.getByText("3 servers still use the old key").waitFor();
	await page.getByText("accepted in 24 hours").waitFor();
	await page.getByText("The key Production (old) was installed").waitFor();
	await draw("rotation", { fullPage: true });
}

async function drawWorkspace(page: Page, server: DashboardServer, example: Example, draw: Draw): Promise<void> {
	for (const name of ["Security", "Activity", "People", "Settings"]) {
		await page.goto(`${server.url}/workspaces/${example.workspaceId}/${name.toLowerCase()}`);
		await page.getByRole("heading", { name, level: 1 }).waitFor();
		await page.waitForLoadState("networkidle").catch(() => undefined);
		await draw(name.toLowerCase(), { fullPage: name === "Settings" });
	}
}

async function drawApproval(page: Page, server: DashboardServer, example: Example, draw: Draw): Promise<void> {
	const { user_code } = await connectFromStudio(server.url, { intent: "reconnect" }, { key: example.replacedSecret });
	await page.goto(`${server.url}/pair`);
	await page.getByRole("textbox").fill(user_code);
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "Approve" }).waitFor();
	await draw("approve", { fullPage: true });
}

if (import.meta.main) for (const file of await takeScreenshots()) console.log(file);
