import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";

import { type Account, type DashboardServer, type ServerOptions, startDashboardServer } from "./server.ts";
import { SharedBrowser } from "./shared-browser.ts";

export interface Pages {
	server: DashboardServer;
	/** A page in a browser profile of its own, as a stranger or signed in as `account`. */
	open(path: string, account?: Account, options?: BrowserContextOptions): Promise<Page>;
}

const inBrowser = test
	.extend("browser", { scope: "worker" }, async ({}, { onCleanup }) => {
		const browser = await SharedBrowser.start();
		onCleanup(() => browser.close());
		return browser;
	})
	.extend("usualServer", { scope: "worker" }, async ({}, { onCleanup }) => {
		const server = await startDashboardServer();
		onCleanup(() => server.close());
		return server;
	});

/**
 * A server for the tests of a file, and the worker's Chromium. Unless the file wants something of its own the server is
 * the worker's, too: each test has accounts that nobody else knows. After each test the profiles are emptied or thrown
 * away, and no page may have thrown an error or violated its Content-Security-Policy.
 */
export function usePages(options?: ServerOptions): Pages {
	let browser: SharedBrowser | undefined;
	let server: DashboardServer | undefined;

	if (options) {
		inBrowser.beforeAll(async ({ browser: shared }) => {
			browser = shared;
			server = await startDashboardServer(options);
		});
		afterAll(() => server?.close());
	} else {
		inBrowser.beforeAll(({ browser: shared, usualServer }) => {
			browser = shared;
			server = usualServer;
		});
	}
	inBrowser.afterEach(async ({ task }) => {
		if (!server || !browser) return;
		const complaints = await browser.endTest(server.url, task.result?.state !== "fail");
		expect(complaints).toEqual([]);
	});

	return {
		get server() {
			if (!server) throw new Error("The server starts before the first test.");
			return server;
		},
		async open(path, account, contextOptions) {
			if (!browser) throw new Error("The browser starts before the first test.");
			const page = await browser.newPage(contextOptions);
			const context = page.context();
			await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: this.server.url });
			if (account) await context.addCookies([{ ...account.cookie, url: this.server.url }]);
			await page.goto(this.server.url + path);
			return page;
		},
	};
}
