import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { usePages } from "./pages.ts";
import { inviteLink, joinTeam } from "./team.ts";

const NARROW = { viewport: { width: 360, height: 740 } };
const MIN_CELL_PX = 80;
const MIN_TARGET_PX = 40;

const pages = usePages();

async function contentWidth(page: Page): Promise<number> {
	return page.evaluate<number>("document.documentElement.scrollWidth");
}

/** Controls that are too low. Links within a sentence are exempt. */
async function tooLow(page: Page): Promise<string[]> {
	return page.evaluate<string[]>(
		`[...document.querySelectorAll("button, a:not(p a), select, .seg label, input:not([type=radio])")]
			.filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < ${MIN_TARGET_PX})
			.map((element) => element.outerHTML)`,
	);
}

/** Labels that overlap their hint or leave their cell. */
async function overlaps(page: Page): Promise<string[]> {
	return page.evaluate<string[]>(
		`[...document.querySelectorAll(".keys tbody th")]
			.filter((cell) => {
				const label = cell.querySelector("bdi").getBoundingClientRect();
				const hint = cell.querySelector(".sub").getBoundingClientRect();
				return label.bottom > hint.top || label.top < cell.getBoundingClientRect().top;
			})
			.map((cell) => cell.innerText)`,
	);
}

describe("on a phone, 360 px wide", () => {
	test("every cell of active and revoked keys is wide enough, and nothing scrolls sideways", async () => {
		const account = await pages.server.signUp("Rin Moonlit of the Long Name");
		await account.createKey("Production");
		const { key } = await account.createKey("A label as long as a label may be, and that is quite long really");
		await account.request("DELETE", `/api/workspaces/${account.workspaceId}/keys/${key.id}`);
		const page = await pages.open("/", account, NARROW);
		await page.getByRole("radio", { name: "All" }).check();
		await page.getByRole("row", { name: /deleted here/ }).waitFor();
		const widths = await page.evaluate<number[]>(
			"[...document.querySelectorAll('tbody th, tbody td, .revocation')].map((cell) => cell.getBoundingClientRect().width)",
		);
		// Two rows of six cells, of which a revoked key's last one has its revocation in it.
		expect(widths).toHaveLength(13);
		expect(Math.min(...widths)).toBeGreaterThanOrEqual(MIN_CELL_PX);
		expect(await overlaps(page)).toEqual([]);
		expect(await contentWidth(page)).toBe(NARROW.viewport.width);
	});

	test("all tabs fit, and where they do not, the current one is in full view", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open(`/workspaces/${account.workspaceId}/settings`, account, NARROW);
		const tabs = page.getByRole("navigation", { name: "Workspace" });
		const current = tabs.getByRole("link", { name: "Settings" });
		await current.waitFor();
		const overflow = "(element) => element.scrollWidth - element.clientWidth";
		expect(await page.evaluate<number>(`(${overflow})(document.querySelector("nav.tabs"))`)).toBe(0);
		await page.setViewportSize({ width: 320, height: 640 });
		await page.reload();
		const box = await current.boundingBox();
		expect((box?.x ?? NaN) + (box?.width ?? NaN)).toBeLessThanOrEqual(320);
	});

	test("a shown key has two lines, and a key's ID has one", async () => {
		const account = await pages.server.signUp("Rin");
		const { key } = await account.createKey("Production");
		const page = await pages.open("/", account, NARROW);
		await page.getByLabel("Label", { exact: true }).fill("Staging");
		await page.getByRole("button", { name: "Generate" }).click();
		const lines = (text: string) =>
			page.evaluate<number>(`(() => {
				const range = document.createRange();
				range.selectNodeContents(document.querySelector(${JSON.stringify(text)}));
				return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
			})()`);
		await page.getByRole("dialog").waitFor();
		expect(await lines(".secret code")).toBe(2);
		await page.getByRole("button", { name: "Copy", exact: true }).click();
		await page.getByRole("button", { name: "Copied" }).waitFor();
		await page.goto(`${pages.server.url}/workspaces/${account.workspaceId}/keys/${key.id}`);
		await page.getByText(key.id).waitFor();
		expect(await lines(".facts > :last-child .mono")).toBe(1);
	});

	test("an open menu stays inside the window", async () => {
		const account = await pages.server.signUp("Rin Moonlit of the Quite Long Name Indeed");
		const page = await pages.open("/", account, NARROW);
		for (const name of [/^Workspace/, /^Account/]) {
			await page.getByRole("button", { name }).click();
			const box = await page.getByRole("menu").boundingBox();
			expect(box?.x).toBeGreaterThanOrEqual(0);
			expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(NARROW.viewport.width);
			expect(await contentWidth(page)).toBe(NARROW.viewport.width);
			await page.keyboard.press("Escape");
		}
	});

	test("every touch target is at least 40 px high", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/", account, NARROW);
		await page.getByRole("button", { name: "Delete" }).waitFor();
		expect(await tooLow(page)).toEqual([]);
		expect(await contentWidth(page)).toBe(NARROW.viewport.width);
	});

	test("the same holds for a workspace's other tabs", async () => {
		const account = await pages.server.signUp("Rin Moonlit of the Long Name");
		const other = await pages.server.signUp("Jo Moonlit of the Even Longer Name");
		await joinTeam(account, other, "admin");
		await inviteLink(account, "member");
		await account.request("POST", `/api/workspaces/${account.workspaceId}/backends`, { name: "W".repeat(64) });
		const page = await pages.open("/", account, NARROW);
		for (const [tab, last] of [
			["People", page.getByRole("button", { name: /^Remove Jo/ })],
			["Activity", page.getByText("created the workspace")],
			["Settings", page.getByRole("button", { name: "Delete workspace" })],
		] as const) {
			await page.getByRole("link", { name: tab, exact: true }).click();
			await last.waitFor();
			expect(await tooLow(page)).toEqual([]);
			expect(await contentWidth(page)).toBe(NARROW.viewport.width);
		}
	});
});
