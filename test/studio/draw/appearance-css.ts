import { FALLBACK, substituteFor } from "./fonts.ts";
import { component, type GuiNode, type Rgb } from "./gui-node.ts";
import { type Css, length } from "./layout-css.ts";

const JUSTIFY = { Left: "left", Center: "center", Right: "right" };
const ALIGN = { Top: "flex-start", Center: "center", Bottom: "flex-end" };

export function color([red, green, blue]: Rgb, transparency = 0): string {
	return `rgb(${red} ${green} ${blue} / ${Math.round((1 - transparency) * 1000) / 1000})`;
}

/** Background, border, corners, clipping. */
export function surfaceCss(node: GuiNode): Css {
	const properties = node.properties;
	const css: Css = {};
	const { BackgroundColor3, BackgroundTransparency = 0, BorderSizePixel = 0, BorderColor3 } = properties;
	if (BackgroundColor3 && BackgroundTransparency < 1)
		css["background"] = color(BackgroundColor3, BackgroundTransparency);
	const gradient = component(node, "UIGradient");
	if (gradient && Array.isArray(gradient.Color) && gradient.Enabled !== false) {
		const stops = (gradient.Color as { at: number; color: Rgb }[]).map(
			(stop) => `${color(stop.color)} ${stop.at * 100}%`,
		);
		css["background"] = `linear-gradient(${90 + (properties.Rotation ?? 0)}deg, ${stops.join(", ")})`;
	}
	const stroke = component(node, "UIStroke");
	const strokesBorder = stroke && (stroke.ApplyStrokeMode === "Border" || properties.Text === undefined);
	if (stroke && strokesBorder && stroke.Enabled !== false) {
		css["box-shadow"] = `0 0 0 ${stroke.Thickness ?? 1}px ${color(stroke.Color as Rgb, stroke.Transparency)}`;
	} else if (BorderSizePixel > 0 && BorderColor3 && BackgroundTransparency < 1) {
		css["box-shadow"] = `0 0 0 ${BorderSizePixel}px ${color(BorderColor3)}`;
	}
	const radius = component(node, "UICorner")?.CornerRadius;
	// A scale is relative to the shorter side; 0.5 makes a pill.
	if (radius) css["border-radius"] = radius[0] > 0 ? "9999px" : length(radius);
	if (properties.ClipsDescendants === true || node.class === "ScrollingFrame") css["overflow"] = "hidden";
	if (properties.Rotation) css["rotate"] = `${properties.Rotation}deg`;
	if (properties.ZIndex !== undefined && properties.ZIndex !== 1) css["z-index"] = String(properties.ZIndex);
	if (node.class === "CanvasGroup") css["opacity"] = String(1 - (properties.GroupTransparency ?? 0));
	return css;
}

const round = (pixels: number) => Math.round(pixels * 100) / 100;

export function textCss(node: GuiNode, fontScale = 1): Css {
	const properties = node.properties;
	const { TextXAlignment = "Center", TextYAlignment = "Center", FontFace, TextSize = 14, LineHeight = 1 } = properties;
	const grows = properties.AutomaticSize === "X" || properties.AutomaticSize === "XY";
	const wraps = properties.TextWrapped === true && !(grows && properties.Size?.[0] === 0);
	const font = substituteFor(FontFace?.family ?? "");
	const css: Css = {
		display: "flex",
		"align-items": ALIGN[TextYAlignment],
		"text-align": JUSTIFY[TextXAlignment],
		// TextSize is the height of a line (E/TextLabel), so glyphs are smaller than in CSS.
		"font-size": `${round((TextSize * fontScale) / font.lineHeight)}px`,
		"line-height": `${round(TextSize * fontScale * Math.max(LineHeight, 1))}px`,
		// Not pre-wrap, whose spaces at the ends of lines would count as text.
		"white-space": wraps ? "pre-line" : "pre",
		// Lines break at spaces; a word that is wider than the line breaks anywhere (E/TextLabel, TextWrapped).
		"overflow-wrap": wraps ? "anywhere" : "normal",
		"font-family": `'${font.family}', ${FALLBACK}`,
	};
	if (properties.TextColor3) css["color"] = color(properties.TextColor3, properties.TextTransparency);
	if (FontFace) {
		css["font-weight"] = String(FontFace.weight);
		if (FontFace.italic) css["font-style"] = "italic";
	}
	return css;
}
