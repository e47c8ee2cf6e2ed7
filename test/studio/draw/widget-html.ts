import { color, surfaceCss, textCss } from "./appearance-css.ts";
import { FALLBACK } from "./fonts.ts";
import { component, type DrawnWidget, type GuiNode } from "./gui-node.ts";
import { boxCss, containerCss, type Css, heightOf, insetCss } from "./layout-css.ts";
import { escapeHtml, richText } from "./rich-text.ts";

export interface FrameOptions {
	/** In CSS pixels, without the title bar. */
	width: number;
	height: number;
	/** Makes text larger than the substitutes for Roblox's fonts are. Default: 1. */
	fontScale?: number;
}

export const TITLE_BAR_HEIGHT = 28;

const TITLE_BAR = {
	Dark: { background: "#353535", border: "#222222", text: "#aaaaaa", page: "#1c1c1c" },
	Light: { background: "#e3e3e3", border: "#b6b6b6", text: "#000000", page: "#d4d4d4" },
};

function style(css: Css): string {
	return escapeHtml(
		Object.entries(css)
			.map(([name, value]) => `${name}:${value}`)
			.join(";"),
	);
}

function isDrawn(node: GuiNode): boolean {
	return !node.class.startsWith("UI") && node.properties.Visible !== false;
}

function textHtml(node: GuiNode): string {
	const { Text = "", PlaceholderText, PlaceholderColor3, RichText } = node.properties;
	if (Text !== "") return RichText === true ? richText(Text) : escapeHtml(Text);
	if (!PlaceholderText) return "";
	const shade = PlaceholderColor3 ? `color:${color(PlaceholderColor3)}` : "";
	return `<span style="${shade}">${escapeHtml(PlaceholderText)}</span>`;
}

function textSpan(node: GuiNode): string {
	if (node.properties.Text === undefined) return "";
	const inner = textHtml(node);
	if (inner === "") return "";
	const clip = node.properties.TextTruncate === "AtEnd" ? "overflow:hidden;text-overflow:ellipsis;" : "";
	return `<span data-text style="flex:1;min-width:0;${clip}">${inner}</span>`;
}

function image(node: GuiNode): string {
	if (!node.class.startsWith("Image") || !node.properties.Image) return "";
	const { ImageColor3 = [255, 255, 255], ImageTransparency } = node.properties;
	// Images are on Roblox: draws a disc in the image's colour instead.
	return `<span style="position:absolute;inset:20%;border-radius:50%;background:${color(ImageColor3, ImageTransparency)}"></span>`;
}

/** Turns nodes into HTML; `fontScale` as in FrameOptions. */
function drawer(fontScale: number) {
	function nodeHtml(node: GuiNode, parent: GuiNode | undefined): string {
		const css: Css = { ...boxCss(node, parent), ...surfaceCss(node) };
		if (node.properties.Text !== undefined) Object.assign(css, textCss(node, fontScale));
		const children = node.children.filter(isDrawn);
		if (node.class === "ScrollingFrame") return scrollingHtml(node, css, children);
		if (children.length > 0 || node.properties.Text === undefined) Object.assign(css, containerCss(node));
		else if (component(node, "UIPadding")) css["padding"] = containerCss(node)["padding"] ?? "0";
		return `<div ${names(node)} style="${style(css)}">${image(node)}${textSpan(node)}${insideHtml(node, children)}</div>`;
	}

	function insideHtml(node: GuiNode, children: GuiNode[]): string {
		const inside = children.map((child) => nodeHtml(child, node)).join("");
		const inset = insetCss(node);
		return inset && inside !== "" ? `<div style="${style(inset)}">${inside}</div>` : inside;
	}

	function scrollingHtml(node: GuiNode, css: Css, children: GuiNode[]): string {
		const { CanvasSize = [0, 0, 0, 0], AutomaticCanvasSize = "None" } = node.properties;
		const { ScrollBarThickness = 12, ScrollBarImageColor3 = [255, 255, 255] } = node.properties;
		const canvas: Css = { position: "relative", width: "100%", ...containerCss(node) };
		canvas["min-height"] = CanvasSize[2] === 0 && CanvasSize[3] === 0 ? "100%" : heightOf(CanvasSize);
		if (AutomaticCanvasSize === "None") canvas["height"] = canvas["min-height"];
		const bar = `data-bar="${ScrollBarThickness}" data-bar-color="${color(ScrollBarImageColor3)}"`;
		return `<div ${names(node)} ${bar} style="${style(css)}"><div style="${style(canvas)}">${insideHtml(node, children)}</div></div>`;
	}

	return nodeHtml;
}

function names(node: GuiNode): string {
	return `data-name="${escapeHtml(node.name)}" data-class="${node.class}"`;
}

/** The widget with Studio's title bar, laid out by the browser. */
export function frameHtml(widget: DrawnWidget, { width, height, fontScale = 1 }: FrameOptions): string {
	const bar = TITLE_BAR[widget.theme];
	const nodeHtml = drawer(fontScale);
	const inside = widget.root.children
		.filter(isDrawn)
		.map((child) => nodeHtml(child, undefined))
		.join("");
	const header = `<header style="background:${bar.background};color:${bar.text};border-color:${bar.border}"><span>${escapeHtml(widget.title)}</span><span>×</span></header>`;
	return `<section style="width:${width}px">${header}<main style="height:${height}px">${inside}</main></section>`;
}

/** A page of frames, on the theme's ground. */
export function pageHtml(frames: string[], theme: DrawnWidget["theme"], fontCss: string, gap = 0): string {
	return `<!doctype html><meta charset="utf-8"><style>${fontCss}
*{box-sizing:border-box}
html,body{margin:0}
body{display:flex;flex-wrap:wrap;align-items:flex-start;gap:${gap}px;padding:${gap}px;background:${TITLE_BAR[theme].page};font:12px 'Inter Variable',${FALLBACK};-webkit-font-smoothing:antialiased}
header{display:flex;align-items:center;justify-content:space-between;height:${TITLE_BAR_HEIGHT}px;padding:0 10px;border-bottom:1px solid}
main{position:relative;overflow:hidden}
figure{margin:0;display:flex;flex-direction:column;gap:6px}
figcaption{color:#888888;font-size:11px}
</style>${frames.join("\n")}`;
}
