import { create } from "@rbxts/vide";

import { Theme } from "../studio/theme";
import { BODY_SIZE, CORNER, FONT, FONT_BOLD, FONT_MONO, FULL_WIDTH, MONO_SIZE, TITLE_SIZE } from "./metrics";

/** What every screen is put together from. All of it wraps and grows, so that nothing is cut off in a narrow widget. */
export type Text = string | (() => string);
export type Color = () => Color3;
/** False where there is nothing to show: a hole in a list would end it in Luau. */
export type Part = GuiObject | false;

/** Gives the parts their order, top to bottom. */
function inOrder(parts: Part[]): GuiObject[] {
	const present: GuiObject[] = [];
	for (const part of parts) {
		if (part === false) continue;
		part.LayoutOrder = present.size() + 1;
		present.push(part);
	}
	return present;
}

export function padding(horizontal: number, vertical: number): UIPadding {
	return create("UIPadding")({
		PaddingLeft: new UDim(0, horizontal),
		PaddingRight: new UDim(0, horizontal),
		PaddingTop: new UDim(0, vertical),
		PaddingBottom: new UDim(0, vertical),
	});
}

export function corner(): UICorner {
	return create("UICorner")({ CornerRadius: CORNER });
}

export function stack(parts: Part[], gap = 10): Frame {
	return create("Frame")({
		Name: "Stack",
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: create("UIListLayout")({ Padding: new UDim(0, gap) }),
		[2]: inOrder(parts),
	});
}

export interface LabelOptions {
	size?: number;
	font?: Enum.Font;
	align?: Enum.TextXAlignment;
}

export function label(text: Text, color: Color, options: LabelOptions = {}): TextLabel {
	return create("TextLabel")({
		Name: "Text",
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		Font: options.font ?? FONT,
		TextSize: options.size ?? BODY_SIZE,
		Text: text,
		TextColor3: color,
		TextWrapped: true,
		TextXAlignment: options.align ?? Enum.TextXAlignment.Left,
		TextYAlignment: Enum.TextYAlignment.Top,
	});
}

export function title(theme: Theme, text: Text): TextLabel {
	return label(text, theme.text, { size: TITLE_SIZE, font: FONT_BOLD });
}

export function strong(theme: Theme, text: Text, color: Color = theme.text): TextLabel {
	return label(text, color, { font: FONT_BOLD });
}

export function plain(theme: Theme, text: Text): TextLabel {
	return label(text, theme.text);
}

export function muted(theme: Theme, text: Text, options: LabelOptions = {}): TextLabel {
	return label(text, theme.muted, options);
}

/** Paths and keys' hints. */
export function mono(text: Text, color: Color): TextLabel {
	return label(text, color, { size: MONO_SIZE, font: FONT_MONO });
}

export function card(theme: Theme, parts: Part[]): Frame {
	return create("Frame")({
		Name: "Card",
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundColor3: theme.card,
		[1]: corner(),
		[2]: padding(12, 10),
		[3]: create("UIListLayout")({ Padding: new UDim(0, 4) }),
		[4]: inOrder(parts),
	});
}

/** Parts of one width beside each other. */
export function row(parts: GuiObject[], gap = 8): Frame {
	const count = parts.size();
	for (const part of parts) part.Size = new UDim2(1 / count, -math.ceil((gap * (count - 1)) / count), 0, 0);
	return create("Frame")({
		Name: "Row",
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: create("UIListLayout")({ FillDirection: Enum.FillDirection.Horizontal, Padding: new UDim(0, gap) }),
		[2]: inOrder(parts),
	});
}

/** How much of something is done, or left: 0 to 1. */
export function progressBar(theme: Theme, fraction: () => number): Frame {
	return create("Frame")({
		Name: "Progress",
		Size: new UDim2(1, 0, 0, 3),
		BackgroundColor3: theme.card,
		[1]: create("Frame")({
			Name: "Done",
			Size: () => UDim2.fromScale(math.clamp(fraction(), 0, 1), 1),
			BackgroundColor3: theme.accent,
		}),
	});
}
