import { create } from "@rbxts/vide";

import { Theme } from "../studio/theme";

/** What every screen is put together from. All of it wraps and grows, so that nothing is cut off in a narrow widget. */
export type Text = string | (() => string);
export type Color = () => Color3;
/** False where there is nothing to show: a hole in a list would end it in Luau. */
export type Part = GuiObject | false;

const BODY_SIZE = 15;
const SMALL_SIZE = 14;
const TITLE_SIZE = 18;
const CODE_SIZE = 30;
const CORNER = new UDim(0, 5);
const FULL_WIDTH = UDim2.fromScale(1, 0);
const MONO_SIZE = 12;
const FONT = Enum.Font.BuilderSans;
const FONT_BOLD = Enum.Font.BuilderSansBold;
const FONT_MONO = Enum.Font.RobotoMono;

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

function padding(horizontal: number, vertical: number): UIPadding {
	return create("UIPadding")({
		PaddingLeft: new UDim(0, horizontal),
		PaddingRight: new UDim(0, horizontal),
		PaddingTop: new UDim(0, vertical),
		PaddingBottom: new UDim(0, vertical),
	});
}

function corner(): UICorner {
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

export interface BoxOptions {
	name: "Address" | "UserCode" | "ServerAddress";
	text: string;
	editable?: boolean;
	large?: boolean;
	entered?: (text: string) => void;
}

/** A box whose text can be selected and copied: a plugin can do neither for a person. */
export function box(theme: Theme, options: BoxOptions): TextBox {
	const large = options.large ?? false;
	const result = create("TextBox")({
		Name: options.name,
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		BackgroundColor3: theme.input,
		Font: large ? FONT_MONO : FONT,
		TextSize: large ? CODE_SIZE : BODY_SIZE,
		Text: options.text,
		TextColor3: theme.text,
		TextWrapped: true,
		TextXAlignment: large ? Enum.TextXAlignment.Center : Enum.TextXAlignment.Left,
		TextEditable: options.editable ?? false,
		ClearTextOnFocus: false,
		[1]: corner(),
		[2]: create("UIStroke")({
			ApplyStrokeMode: Enum.ApplyStrokeMode.Border,
			Color: theme.line,
		}),
		[3]: padding(10, large ? 10 : 8),
	});
	result.Focused.Connect(() => {
		result.SelectionStart = 1;
		result.CursorPosition = result.Text.size() + 1;
	});
	result.FocusLost.Connect((enterPressed) => {
		if (enterPressed) options.entered?.(result.Text);
	});
	return result;
}

export interface ButtonOptions {
	/** A verb; it is also the button's name, without spaces. */
	text: string;
	main?: boolean;
	enabled?: boolean;
	activated: () => void;
}

export function button(theme: Theme, options: ButtonOptions): TextButton {
	const main = options.main ?? false;
	const enabled = options.enabled ?? true;
	return create("TextButton")({
		Name: options.text.gsub("%s", "")[0],
		Size: FULL_WIDTH,
		AutomaticSize: Enum.AutomaticSize.Y,
		Active: enabled,
		AutoButtonColor: enabled,
		BackgroundColor3: main ? theme.accent : theme.button,
		Font: FONT_BOLD,
		TextSize: BODY_SIZE,
		Text: options.text,
		TextColor3: main ? theme.onAccent : theme.buttonText,
		TextTransparency: enabled ? 0 : 0.5,
		TextWrapped: true,
		Activated: () => {
			if (enabled) options.activated();
		},
		[1]: corner(),
		[2]: create("UIStroke")({
			ApplyStrokeMode: Enum.ApplyStrokeMode.Border,
			Color: main ? theme.accent : theme.line,
		}),
		[3]: padding(8, 8),
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

/** A text link, for what is done seldom. */
export function link(theme: Theme, text: string, activated: () => void): TextButton {
	return create("TextButton")({
		Name: text,
		AutomaticSize: Enum.AutomaticSize.XY,
		BackgroundTransparency: 1,
		Active: true,
		AutoButtonColor: true,
		Font: FONT,
		TextSize: SMALL_SIZE,
		Text: text,
		TextColor3: theme.muted,
		Activated: activated,
	});
}
