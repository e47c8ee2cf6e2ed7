import type { BrowserContextOptions, Page } from "playwright-core";

import type { Pages } from "./pages.ts";
import type { Account } from "./server.ts";

/** Opens the link that Studio shows, and confirms it. From another network, the code has to be typed then. */
export async function openCode(
	pages: Pages,
	code: string,
	account: Account,
	options?: BrowserContextOptions,
): Promise<Page> {
	const page = await pages.open(`/pair?code=${code}`, account, options);
	await page.getByRole("button", { name: "Continue" }).click();
	return page;
}
