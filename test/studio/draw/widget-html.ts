import { color, surfaceCss, textCss } from "./appearance-css.ts";
import { component, type DrawnWidget, type GuiNode } from "./gui-node.ts";
import { boxCss, containerCss, type Css, heightOf, insetCss } from "./layout-css.ts";
import { escapeHtml, richText } from "./rich-text.ts";

const TITLE_BAR = {
	Dark: { background: "#353535", border: "#222222", text: "#b8b8b8", page: "#2e2e2e" },
	Light: { background: "#e8e8e8", border: "#c9c9c9", text: "#444444", page: "#ffffff" },
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
	return `<span style="flex:1;min-width:0;${clip}">${inner}</span>`;
}

function image(node: GuiNode): string {
	if (!node.class.startsWith("Image") || !node.properties.Image) return "";
	const { ImageColor3 = [255, 255, 255], ImageTransparency } = node.properties;
	// Images are on Roblox: draws a disc in the image's colour instead.
	return `<span style="position:absolute;inset:20%;border-radius:50%;background:${color(ImageColor3, ImageTransparency)}"></span>`;
}

function nodeHtml(node: GuiNode, parent: GuiNode | undefined): string {
	const css: Css = { ...boxCss(node, parent), ...surfaceCss(node) };
	if (node.properties.Text !== undefined) Object.assign(css, textCss(node));
	const children = node.children.filter(isDrawn);
	if (node.class === "ScrollingFrame") return scrollingHtml(node, css, children);
	if (children.length > 0 || node.properties.Text === undefined) Object.assign(css, containerCss(node));
	else if (component(node, "UIPadding")) css["padding"] = containerCss(node)["padding"] ?? "0";
	const inside = insideHtml(node, children);
	return `<div data-name="${escapeHtml(node.name)}" style="${style(css)}">${image(node)}${textSpan(node)}${inside}</div>`;
}

function insideHtml(node: GuiNode, children: GuiNode[]): string {
	const inside = children.map((child) => nodeHtml(child, node)).join("");
	const inset = insetCss(node);
	return inset && inside !== "" ? `<div style="${style(inset)}">${inside}</div>` : inside;
}

function scrollingHtml(node: GuiNode, css: Css, children: GuiNode[]): string {
	const { CanvasSize = [0, 0, 0, 0], AutomaticCanvasSize = "None" } = node.properties;
	const canvas: Css = { position: "relative", width: "100%", ...containerCss(node) };
	canvas["min-height"] = CanvasSize[2] === 0 && CanvasSize[3] === 0 ? "100%" : heightOf(CanvasSize);
	if (AutomaticCanvasSize === "None") canvas["height"] = canvas["min-height"];
	return `<div data-name="${escapeHtml(node.name)}" style="${style(css)}"><div style="${style(canvas)}">${insideHtml(node, children)}</div></div>`;
}

/** The widget as a page: Studio's title bar, and the instances below it, laid out by the browser. */
export function widgetHtml(widget: DrawnWidget, fontCss = ""): string {
	const bar = TITLE_BAR[widget.theme];
	const inside = widget.root.children
		.filter(isDrawn)
		.map((child) => nodeHtml(child, undefined))
		.join("");
	return `<!doctype html><meta charset="utf-8"><style>${fontCss}
*{box-sizing:border-box}
html,body{margin:0;height:100%;overflow:hidden}
body{display:flex;flex-direction:column;background:${bar.page};font:13px 'Inter Variable',Inter,'DejaVu Sans',Arial,sans-serif;-webkit-font-smoothing:antialiased}
header{flex:none;display:flex;align-items:center;justify-content:space-between;height:28px;padding:0 10px;background:${bar.background};color:${bar.text};border-bottom:1px solid ${bar.border};font-size:12px}
main{position:relative;flex:1;min-height:0}
</style><header><span>${escapeHtml(widget.title)}</span><span>×</span></header><main>${inside}</main>`;
}
