import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";

import { type Account, type DashboardServer, type ServerOptions, startDashboardServer } from "./server.ts";
import { SharedBrowser } from "./shared-browser.ts";

export interface Pages {
	server: DashboardServer;
	/** A page in its own browser profile, signed out or signed in as `account`. */
	open(path: string, account?: Account, options?: BrowserContextOptions): Promise<Page>;
}

const inBrowser = test
	.extend("browser", { scope: "worker" }, async ({}, { onCleanup }) => {
		const browser = await SharedBrowser.start();
		onCleanup(() => browser.close());
		return browser;
	})
	.extend("sharedServer", { scope: "worker" }, async ({}, { onCleanup }) => {
		const server = await startDashboardServer();
		onCleanup(() => server.close());
		return server;
	});

/**
 * A server for a file's tests, and the worker's Chromium. Without options, the server is shared by the worker: each
 * test uses its own accounts. After each test the profiles are cleared or closed, and no page may have thrown an error
 * or violated its Content-Security-Policy.
 */
export function usePages(options?: ServerOptions): Pages {
	let browser: SharedBrowser | undefined;
	let server: DashboardServer | undefined;

	if (options) {
		inBrowser.beforeAll(async ({ browser: sharedBrowser }) => {
			browser = sharedBrowser;
			server = await startDashboardServer(options);
		});
		afterAll(() => server?.close());
	} else {
		inBrowser.beforeAll(({ browser: sharedBrowser, sharedServer }) => {
			browser = sharedBrowser;
			server = sharedServer;
		});
	}
	inBrowser.afterEach(async ({ task }) => {
		if (!server || !browser) return;
		const problems = await browser.endTest(server.url, task.result?.state !== "fail");
		expect(problems).toEqual([]);
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
