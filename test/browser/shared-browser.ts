import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

import { launchOptions } from "./chromium.ts";

const TIMEOUT_MS = 15_000;
const DESKTOP = { width: 1200, height: 760 };

/** Pages are too short-lived for optimised code or a GPU process to pay off. */
const SHORT_LIVED_PAGES = ["--js-flags=--no-maglev,--no-turbofan", "--in-process-gpu"];

/** Runs in every page before its own scripts. */
const WATCH_POLICY = `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
	reportViolation(["Content-Security-Policy:", violatedDirective, blockedURI, sourceFile].join(" "));
});`;
const FORGET = "try { sessionStorage.clear(); localStorage.clear(); } catch {}";

/**
 * A Chromium whose pages are cleared and reused after each test, each in its own profile: starting a profile and a
 * renderer takes longer than most tests.
 */
export class SharedBrowser {
	readonly #browser: Browser;
	/** Cleared pages, by context options. */
	readonly #free = new Map<string, Page[]>();
	#used: { page: Page; kind: string }[] = [];
	#problems: string[] = [];

	constructor(browser: Browser) {
		this.#browser = browser;
	}

	static async start(): Promise<SharedBrowser> {
		const { args = [], ...options } = await launchOptions();
		return new SharedBrowser(await chromium.launch({ ...options, args: [...args, ...SHORT_LIVED_PAGES] }));
	}

	/**
	 * A cleared page in a profile no other page of the test uses. Without motion, unless asked for: drawing the transitions
	 * takes a good part of a test's time, and no script waits for them.
	 */
	async newPage(wanted: BrowserContextOptions = {}): Promise<Page> {
		const { viewport = DESKTOP, colorScheme = null, reducedMotion = "reduce", ...options } = wanted;
		const kind = JSON.stringify(options);
		const page = this.#free.get(kind)?.pop() ?? (await this.#start(options));
		this.#used.push({ page, kind });
		if (viewport) await page.setViewportSize(viewport);
		await page.emulateMedia({ colorScheme, reducedMotion });
		return page;
	}

	/** Clears or closes the test's pages at `origin`. Resolves to their errors and Content-Security-Policy violations. */
	async endTest(origin: string, reuse: boolean): Promise<string[]> {
		const used = this.#used;
		this.#used = [];
		await Promise.all(
			used.map(async ({ page, kind }) => {
				if (!reuse) {
					await page.context().close();
					return;
				}
				await clear(page, origin);
				this.#free.set(kind, [...(this.#free.get(kind) ?? []), page]);
			}),
		);
		const problems = this.#problems;
		this.#problems = [];
		return problems;
	}

	async close(): Promise<void> {
		await this.#browser.close();
	}

	async #start(options: BrowserContextOptions): Promise<Page> {
		const context = await this.#browser.newContext({ viewport: DESKTOP, ...options });
		context.setDefaultTimeout(TIMEOUT_MS);
		const report = (problem: string) => this.#problems.push(problem);
		await context.exposeFunction("reportViolation", report);
		await context.addInitScript({ content: WATCH_POLICY });
		context.on("weberror", (event) => report(String(event.error())));
		return await context.newPage();
	}
}

async function clear(page: Page, origin: string): Promise<void> {
	const context = page.context();
	const opened = context.pages().filter((each) => each !== page);
	await Promise.all(opened.map((each) => each.close()));
	page.removeAllListeners();
	await page.unrouteAll({ behavior: "ignoreErrors" });
	await context.unrouteAll({ behavior: "ignoreErrors" });
	await context.setOffline(false);
	await page.evaluate(FORGET);
	// Same site, so that the renderer is kept, and without scripts.
	await page.goto(`${origin}/healthz`);
	await context.clearCookies();
	await context.clearPermissions();
	const session = await context.newCDPSession(page);
	await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
	await session.send("Page.resetNavigationHistory");
	await session.detach();
}
