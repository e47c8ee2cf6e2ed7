import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

import type { DrawnWidget } from "./gui-node.ts";
import { widgetHtml } from "./widget-html.ts";

export interface PictureSize {
	width?: number;
	height?: number;
}

const DEFAULT_WIDTH = 300;
const DEFAULT_HEIGHT = 400;
const TITLE_BAR_HEIGHT = 28;
const FONTS = {
	"Inter Variable": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
	"JetBrains Mono Variable": "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
};

/** Roblox's fonts are not available; the dashboard's are used instead, the same on every machine. */
async function fontCss(): Promise<string> {
	const { resolve } = createRequire(import.meta.url);
	const faces = Object.entries(FONTS).map(async ([family, file]) => {
		const [scope = "", name = "", ...rest] = file.split("/");
		const folder = path.dirname(resolve(`${scope}/${name}/package.json`));
		const data = await readFile(path.join(folder, ...rest), "base64");
		return `@font-face{font-family:'${family}';font-weight:100 900;src:url(data:font/woff2;base64,${data})}`;
	});
	return (await Promise.all(faces)).join("\n");
}

/** Draws a widget into a PNG file, at two pixels per CSS pixel. */
export async function drawWidget(widget: DrawnWidget, file: string, size: PictureSize = {}): Promise<void> {
	const { width = DEFAULT_WIDTH, height = DEFAULT_HEIGHT } = size;
	// Loaded on demand: the browser driver is slow to load.
	const [{ chromium }, { launchOptions }] = await Promise.all([
		import("playwright-core"),
		import("../../browser/chromium.ts"),
	]);
	const browser = await chromium.launch(await launchOptions());
	try {
		const page = await browser.newPage({
			viewport: { width, height: height + TITLE_BAR_HEIGHT },
			deviceScaleFactor: 2,
			javaScriptEnabled: false,
		});
		await page.setContent(widgetHtml(widget, await fontCss()), { waitUntil: "load" });
		await page.screenshot({ path: file });
	} finally {
		await browser.close();
	}
}
