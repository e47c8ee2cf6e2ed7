import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

import { launchOptions } from "./chromium.ts";

const PATIENCE_MS = 15_000;
const DESKTOP = { width: 1200, height: 760 };

/** No page lives long enough for optimised code to pay, nor needs a process to draw it. */
const FOR_SHORT_LIVES = ["--js-flags=--no-maglev,--no-turbofan", "--in-process-gpu"];

/** Runs in every page, before anything of its own. */
const WATCH_POLICY = `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
	reportViolation(["Content-Security-Policy:", violatedDirective, blockedURI, sourceFile].join(" "));
});`;
const FORGET = "try { sessionStorage.clear(); localStorage.clear(); } catch {}";

/**
 * A Chromium whose pages are emptied after a test and used again, each in a profile of its own: a profile and a renderer
 * that start cost more than most tests do.
 */
export class SharedBrowser {
	readonly #browser: Browser;
	/** Empty ones, by their options. */
	readonly #free = new Map<string, Page[]>();
	#lent: { page: Page; kind: string }[] = [];
	#complaints: string[] = [];

	constructor(browser: Browser) {
		this.#browser = browser;
	}

	static async start(): Promise<SharedBrowser> {
		const { args = [], ...options } = await launchOptions();
		return new SharedBrowser(await chromium.launch({ ...options, args: [...args, ...FOR_SHORT_LIVES] }));
	}

	/** An empty page in a profile that no other page of the test has. */
	async newPage(wanted: BrowserContextOptions = {}): Promise<Page> {
		const { viewport = DESKTOP, colorScheme = null, reducedMotion = null, ...options } = wanted;
		const kind = JSON.stringify(options);
		const page = this.#free.get(kind)?.pop() ?? (await this.#start(options));
		this.#lent.push({ page, kind });
		if (viewport) await page.setViewportSize(viewport);
		await page.emulateMedia({ colorScheme, reducedMotion });
		return page;
	}

	/** Ends all pages of a test at `origin`. Resolves to the errors and Content-Security-Policy violations in them. */
	async endTest(origin: string, mayKeep: boolean): Promise<string[]> {
		const lent = this.#lent;
		this.#lent = [];
		await Promise.all(
			lent.map(async ({ page, kind }) => {
				if (!mayKeep) {
					await page.context().close();
					return;
				}
				await empty(page, origin);
				this.#free.set(kind, [...(this.#free.get(kind) ?? []), page]);
			}),
		);
		const heard = this.#complaints;
		this.#complaints = [];
		return heard;
	}

	async close(): Promise<void> {
		await this.#browser.close();
	}

	async #start(options: BrowserContextOptions): Promise<Page> {
		const context = await this.#browser.newContext({ viewport: DESKTOP, ...options });
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
	await context.unrouteAll({ behavior: "ignoreErrors" });
	await context.setOffline(false);
	await page.evaluate(FORGET);
	// Of the same site, so that the renderer stays, and without a script.
	await page.goto(`${origin}/healthz`);
	await context.clearCookies();
	await context.clearPermissions();
	const session = await context.newCDPSession(page);
	await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
	await session.send("Page.resetNavigationHistory");
	await session.detach();
}
