import { readFile } from "node:fs/promises";
import path from "node:path";

import type { Browser, Page } from "playwright-core";

import { fontCss } from "./fonts.ts";
import type { DrawnWidget } from "./gui-node.ts";
import type { MeasuredWidget } from "./layout-problems.ts";
import { frameHtml, type FrameOptions, pageHtml, TITLE_BAR_HEIGHT } from "./widget-html.ts";

export interface SheetFrame extends FrameOptions {
	widget: DrawnWidget;
	caption: string;
}

const IN_PAGE = path.join(import.meta.dirname, "in-page.js");
const SHEET_GAP = 20;

/** Draws widgets in one page of a browser. */
export class Painter {
	readonly #browser: Browser;
	readonly #page: Page;
	readonly #fonts: string;

	private constructor(browser: Browser, page: Page, fonts: string) {
		this.#browser = browser;
		this.#page = page;
		this.#fonts = fonts;
	}

	/** `scale`: pixels per CSS pixel. */
	static async start(scale = 2): Promise<Painter> {
		// Loaded on demand: the browser driver is slow to load.
		const [{ chromium }, { launchOptions }] = await Promise.all([
			import("playwright-core"),
			import("../../browser/chromium.ts"),
		]);
		const browser = await chromium.launch(await launchOptions());
		try {
			const page = await browser.newPage({ deviceScaleFactor: scale });
			return new Painter(browser, page, await fontCss());
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	/** Draws a widget into a PNG file. */
	async draw(widget: DrawnWidget, file: string, options: FrameOptions): Promise<void> {
		const { width, height } = options;
		await this.#page.setViewportSize({ width, height: height + TITLE_BAR_HEIGHT });
		await this.#show([frameHtml(widget, options)], widget.theme);
		await this.#page.screenshot({ path: file });
	}

	/** Draws many widgets of one theme into a PNG file, `columns` side by side. */
	async drawSheet(frames: SheetFrame[], columns: number, file: string): Promise<void> {
		const width = Math.max(...frames.map((frame) => frame.width));
		await this.#page.setViewportSize({ width: columns * (width + SHEET_GAP) + SHEET_GAP, height: 600 });
		const figures = frames.map(
			({ widget, caption, ...size }) =>
				`<figure>${frameHtml(widget, size)}<figcaption>${caption}</figcaption></figure>`,
		);
		await this.#show(figures, frames[0]?.widget.theme ?? "Dark", SHEET_GAP);
		await this.#page.screenshot({ path: file, fullPage: true });
	}

	/** Lays widgets out, and returns where everything is. */
	async measure(frames: { widget: DrawnWidget; options: FrameOptions }[]): Promise<MeasuredWidget[]> {
		await this.#show(
			frames.map(({ widget, options }) => frameHtml(widget, options)),
			"Dark",
		);
		return await this.#page.evaluate<MeasuredWidget[]>("measure()");
	}

	async close(): Promise<void> {
		await this.#browser.close();
	}

	async #show(frames: string[], theme: DrawnWidget["theme"], gap?: number): Promise<void> {
		await this.#page.setContent(pageHtml(frames, theme, this.#fonts, gap), { waitUntil: "load" });
		await this.#page.evaluate("document.fonts.ready.then(() => undefined)");
		await this.#page.addScriptTag({ content: await readFile(IN_PAGE, "utf8") });
		await this.#page.evaluate("drawScrollBars()");
	}
}
