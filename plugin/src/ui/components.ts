import { create, derive, effect } from "@rbxts/vide";

import { Theme } from "../studio/theme";
import { sizeColumns } from "./columns";
import {
	BODY_SIZE,
	CARD_PADDING,
	CORNER,
	FONT,
	FONT_BOLD,
	FONT_MONO,
	FULL_WIDTH,
	GAP,
	LINE_HEIGHT,
	MONO_SIZE,
	TITLE_SIZE,
} from "./metrics";
import { breakAtDots } from "./text/dot-breaks";
import { lineWidth, textWidth } from "./width";

/** The building blocks of all screens. They wrap and grow, so nothing is cut off in a narrow widget. */
export type Text = string | (() => string);
export type Color = () => Color3;
/** False renders nothing: a nil would end the list in Luau. */
export type Child = GuiObject | false;

/** Sets LayoutOrder, top to bottom. */
function inOrder(children: Child[]): GuiObject[] {
	const present: GuiObject[] = [];
	for (const child of children) {
		if (child === false) continue;
		child.LayoutOrder = present.size() + 1;
		present.push(child);
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

export function stack(children: Child[], gap = 10): Frame {
	return create("Frame")({
		Name: "Stack",
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: create("UIListLayout")({ Padding: new UDim(0, gap) }),
		[2]: inOrder(children),
	});
}

export interface LabelOptions {
	size?: number;
	font?: Enum.Font;
	align?: Enum.TextXAlignment;
}

/** Wraps, in long paths after a dot. */
export function label(text: Text, color: Color, options: LabelOptions = {}): TextLabel {
	const { size = BODY_SIZE, font = FONT } = options;
	const fits = (word: string) => textWidth(word, size, font) <= lineWidth();
	const plainText = () => (typeIs(text, "string") ? text : text());
	const broken = derive(() => breakAtDots(plainText(), fits));
	return create("TextLabel")({
		Name: "Text",
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		Font: font,
		TextSize: size,
		LineHeight: LINE_HEIGHT,
		RichText: () => broken() !== undefined,
		Text: () => broken() ?? plainText(),
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

/** For paths and key hints. */
export function mono(text: Text, color: Color): TextLabel {
	return label(text, color, { size: MONO_SIZE, font: FONT_MONO });
}

export function card(theme: Theme, children: Child[]): Frame {
	return create("Frame")({
		Name: "Card",
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundColor3: theme.card,
		[1]: corner(),
		[2]: padding(CARD_PADDING, 10),
		[3]: create("UIListLayout")({ Padding: new UDim(0, 4) }),
		[4]: inOrder(children),
	});
}

/** Children of equal width, side by side as far as there is room. */
export function row(children: GuiObject[], gap = GAP): Frame {
	effect(() => sizeColumns(children, gap));
	return create("Frame")({
		Name: "Row",
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundTransparency: 1,
		[1]: create("UIListLayout")({
			FillDirection: Enum.FillDirection.Horizontal,
			Padding: new UDim(0, gap),
			Wraps: true,
			ItemLineAlignment: Enum.ItemLineAlignment.Stretch,
		}),
		[2]: inOrder(children),
	});
}

/** `fraction`: 0 to 1. */
export function progressBar(theme: Theme, fraction: () => number): Frame {
	return create("Frame")({
		Name: "Progress",
		Size: new UDim2(1, 0, 0, 3),
		BackgroundColor3: theme.line,
		[1]: create("Frame")({
			Name: "Done",
			Size: () => UDim2.fromScale(math.clamp(fraction(), 0, 1), 1),
			BackgroundColor3: theme.accent,
		}),
	});
}
