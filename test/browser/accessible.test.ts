import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";

const pages = usePages();

async function onPage(page: Page, heading: string | RegExp): Promise<string[]> {
	await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
	return axeFindings(page);
}

describe("axe-core finds nothing, dark or light,", () => {
	test("on the way in", async () => {
		const page = await pages.open("/");
		expect(await onPage(page, "Sign in")).toEqual([]);
		await page.getByRole("button", { name: "Sign up" }).click();
		expect(await onPage(page, "Create an account")).toEqual([]);
	});
});
