import type { Page } from "playwright-core";

import type { Pages } from "./pages.ts";
import type { Account } from "./server.ts";

export const PUBLIC_ADDRESS = "https://keys.example.com";

/** A page at an address that games can reach, whose requests go to the server at its own. Without live updates. */
export async function openPublicPage(pages: Pages, path: string, account: Account): Promise<Page> {
	const page = await pages.open("/healthz");
	await page.route(`${PUBLIC_ADDRESS}/**`, async (route) => {
		const request = route.request();
		const { pathname, search } = new URL(request.url());
		if (pathname.endsWith("/events")) {
			await route.abort();
			return;
		}
		const cookie = `${account.cookie.name}=${account.cookie.value}`;
		const headers = { ...request.headers(), cookie, origin: pages.server.url };
		await route.fulfill({ response: await route.fetch({ url: pages.server.url + pathname + search, headers }) });
	});
	await page.goto(PUBLIC_ADDRESS + path);
	return page;
}
