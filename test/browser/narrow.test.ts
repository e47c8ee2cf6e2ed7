import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { usePages } from "./pages.ts";
import { inviteLink, joinTeam } from "./team.ts";

const NARROW = { viewport: { width: 360, height: 740 } };
const LEAST_CELL_PX = 80;
const LEAST_TARGET_PX = 40;

const pages = usePages();

async function widthOfContent(page: Page): Promise<number> {
	return page.evaluate<number>("document.documentElement.scrollWidth");
}

/** Links within a sentence are as high as its line. */
async function tooLow(page: Page): Promise<string[]> {
	return page.evaluate<string[]>(
		`[...document.querySelectorAll("button, a:not(p a), select, .seg label, input:not([type=radio])")]
			.filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < ${LEAST_TARGET_PX})
			.map((element) => element.outerHTML)`,
	);
}

/** Labels that reach into the hint under them, or out of their cell. */
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
	test("every cell of active and revoked keys is wide enough to read, and nothing goes sideways", async () => {
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
		expect(Math.min(...widths)).toBeGreaterThanOrEqual(LEAST_CELL_PX);
		expect(await overlaps(page)).toEqual([]);
		expect(await widthOfContent(page)).toBe(NARROW.viewport.width);
	});

	test("an opened menu stays inside of the window", async () => {
		const account = await pages.server.signUp("Rin Moonlit of the Quite Long Name Indeed");
		const page = await pages.open("/", account, NARROW);
		for (const name of [/^Workspace/, /^Account/]) {
			await page.getByRole("button", { name }).click();
			const box = await page.getByRole("menu").boundingBox();
			expect(box?.x).toBeGreaterThanOrEqual(0);
			expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(NARROW.viewport.width);
			expect(await widthOfContent(page)).toBe(NARROW.viewport.width);
			await page.keyboard.press("Escape");
		}
	});

	test("everything that is touched is at least 40 px high", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/", account, NARROW);
		await page.getByRole("button", { name: "Delete" }).waitFor();
		expect(await tooLow(page)).toEqual([]);
		expect(await widthOfContent(page)).toBe(NARROW.viewport.width);
	});

	test("a workspace's other tabs hold to the same", async () => {
		const account = await pages.server.signUp("Rin Moonlit of the Long Name");
		const other = await pages.server.signUp("Jo Moonlit of the Even Longer Name");
		await joinTeam(account, other, "admin");
		await inviteLink(account, "member");
		const page = await pages.open("/", account, NARROW);
		for (const [tab, last] of [
			["People", page.getByRole("button", { name: /^Remove Jo/ })],
			["Activity", page.getByText("created the workspace")],
			["Settings", page.getByRole("button", { name: "Delete workspace" })],
		] as const) {
			await page.getByRole("link", { name: tab, exact: true }).click();
			await last.waitFor();
			expect(await tooLow(page)).toEqual([]);
			expect(await widthOfContent(page)).toBe(NARROW.viewport.width);
		}
	});
});
