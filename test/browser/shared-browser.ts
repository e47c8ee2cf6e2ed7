import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

import { launchOptions } from "./chromium.ts";

const PATIENCE_MS = 15_000;
const DESKTOP = { viewport: { width: 1200, height: 760 } };

/** Runs in every page, before anything of its own. */
const WATCH_POLICY = `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
	reportViolation(["Content-Security-Policy:", violatedDirective, blockedURI, sourceFile].join(" "));
});`;
const FORGET = "try { sessionStorage.clear(); localStorage.clear(); } catch {}";

/**
 * A Chromium, and one page of it that is emptied after a test and used again: a renderer that starts costs more than
 * most tests do.
 */
export class SharedBrowser {
	readonly #browser: Browser;
	#kept: Page | undefined;
	#isLent = false;
	#others: BrowserContext[] = [];
	#complaints: string[] = [];

	constructor(browser: Browser) {
		this.#browser = browser;
	}

	static async start(): Promise<SharedBrowser> {
		return new SharedBrowser(await chromium.launch(await launchOptions()));
	}

	/** An empty page whose profile no other page has; with `options` always a new one. */
	async newPage(options?: BrowserContextOptions): Promise<Page> {
		if (options === undefined && !this.#isLent) {
			this.#kept ??= await this.#start(DESKTOP);
			this.#isLent = true;
			return this.#kept;
		}
		const page = await this.#start({ ...DESKTOP, ...options });
		this.#others.push(page.context());
		return page;
	}

	/** Ends all pages of a test at `origin`. Resolves to the errors and Content-Security-Policy violations in them. */
	async endTest(origin: string, mayKeep: boolean): Promise<string[]> {
		await Promise.all(this.#others.map((context) => context.close()));
		this.#others = [];
		if (this.#kept && this.#isLent) {
			if (mayKeep) {
				await empty(this.#kept, origin);
			} else {
				await this.#kept.context().close();
				this.#kept = undefined;
			}
		}
		this.#isLent = false;
		const heard = this.#complaints;
		this.#complaints = [];
		return heard;
	}

	async close(): Promise<void> {
		await this.#browser.close();
	}

	async #start(options: BrowserContextOptions): Promise<Page> {
		const context = await this.#browser.newContext(options);
		context.setDefaultTimeout(PATIENCE_MS);
		const report = (complaint: string) => this.#complaints.push(complaint);
		await context.exposeFunction("reportViolation", report);
		await context.addInitScript({ content: WATCH_POLICY });
		context.on("weberror", (event) => report(String(event.error())));
		return await context.newPage();
	}
}

async function empty(page: Page, origin: string): Promise<void> {
	const context = page.context();
	const opened = context.pages().filter((each) => each !== page);
	await Promise.all(opened.map((each) => each.close()));
	page.removeAllListeners();
	await page.unrouteAll({ behavior: "ignoreErrors" });
	await context.setOffline(false);
	await page.evaluate(FORGET);
	await page.goto("about:blank");
	await context.clearCookies();
	await context.clearPermissions();
	const session = await context.newCDPSession(page);
	await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
	await session.send("Page.resetNavigationHistory");
	await session.detach();
}
