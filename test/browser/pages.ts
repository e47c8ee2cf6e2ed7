import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

import { launchOptions } from "./chromium.ts";
import { type Account, type DashboardServer, type ServerOptions, startDashboardServer } from "./server.ts";

const PATIENCE_MS = 15_000;

/** Runs in every page, before anything of its own. */
const WATCH_POLICY = `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
	reportViolation(["Content-Security-Policy:", violatedDirective, blockedURI, sourceFile].join(" "));
});`;

export interface Pages {
	server: DashboardServer;
	/** A page in a browser profile of its own, as a stranger or signed in as `account`. */
	open(path: string, account?: Account, options?: BrowserContextOptions): Promise<Page>;
}

/**
 * A server and a Chromium for the tests of a file. After each test the profiles are thrown away, and no page may have
 * thrown an error or violated its Content-Security-Policy.
 */
export function usePages(options: ServerOptions = {}): Pages {
	let browser: Browser | undefined;
	let server: DashboardServer | undefined;
	let contexts: BrowserContext[] = [];
	let complaints: string[] = [];

	beforeAll(async () => {
		server = await startDashboardServer(options);
		browser = await chromium.launch(await launchOptions());
	});
	afterEach(async () => {
		await Promise.all(contexts.map((context) => context.close()));
		contexts = [];
		const heard = complaints;
		complaints = [];
		expect(heard).toEqual([]);
	});
	afterAll(async () => {
		await browser?.close();
		await server?.close();
	});

	return {
		get server() {
			if (!server) throw new Error("The server starts before the first test.");
			return server;
		},
		async open(path, account, contextOptions = {}) {
			if (!browser) throw new Error("The browser starts before the first test.");
			const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, ...contextOptions });
			contexts.push(context);
			context.setDefaultTimeout(PATIENCE_MS);
			await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: this.server.url });
			if (account) await context.addCookies([{ ...account.cookie, url: this.server.url }]);
			await listenForComplaints(context, (complaint) => complaints.push(complaint));
			const page = await context.newPage();
			await page.goto(this.server.url + path);
			return page;
		},
	};
}

async function listenForComplaints(context: BrowserContext, report: (complaint: string) => void): Promise<void> {
	await context.exposeFunction("reportViolation", report);
	await context.addInitScript({ content: WATCH_POLICY });
	context.on("weberror", (event) => report(String(event.error())));
}
