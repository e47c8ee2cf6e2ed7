import { type Browser, chromium } from "playwright-core";

import { launchOptions } from "../browser/chromium.ts";
import { type RemotePerson, sessionCookie } from "../server/person.ts";

/** Times in milliseconds. */
export interface TabTimes {
	/** From navigation, with nothing cached, to the table in the page. */
	usable: number;
	/** From the last letter typed to the one matching row, including the pause after typing. */
	search: number;
}

/** Records in the page when the first row appears: polling from outside would add a round trip. */
const WATCH = `new MutationObserver((_, observer) => {
	if (!document.querySelector("tbody tr")) return;
	observer.disconnect();
	requestAnimationFrame(() => (window.usableAt = performance.now()));
}).observe(document, { childList: true, subtree: true });`;

const SEARCH = (words: string) => `new Promise((resolve) => {
	const field = document.querySelector("input[type=search]");
	const from = performance.now();
	new MutationObserver((_, observer) => {
		if (document.querySelectorAll("tbody tr").length !== 1) return;
		observer.disconnect();
		requestAnimationFrame(() => resolve(performance.now() - from));
	}).observe(document.body, { childList: true, subtree: true });
	field.value = ${JSON.stringify(words)};
	field.dispatchEvent(new InputEvent("input", { bubbles: true }));
})`;

export async function openBrowser(): Promise<Browser> {
	return chromium.launch(await launchOptions());
}

/** Opens the API Keys tab in a new profile, and searches for the one key that matches `words`. */
export async function measureTab(
	browser: Browser,
	url: string,
	person: RemotePerson,
	words: string,
): Promise<TabTimes> {
	const context = await browser.newContext({ viewport: { width: 1200, height: 760 } });
	try {
		await context.addCookies([{ ...sessionCookie(person), url }]);
		await context.addInitScript({ content: WATCH });
		const page = await context.newPage();
		await page.goto(`${url}/workspaces/${person.workspaceId}/keys`);
		// Not waitForFunction, which evaluates in the page: the page's policy forbids that.
		await page.locator("tbody tr").first().waitFor();
		const usable = await page.evaluate<number>("new Promise(requestAnimationFrame).then(() => window.usableAt)");
		return { usable, search: await page.evaluate<number>(SEARCH(words)) };
	} finally {
		await context.close();
	}
}
