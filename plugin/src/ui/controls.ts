import { create } from "@rbxts/vide";

import { Theme } from "../studio/theme";
import { corner, padding } from "./components";
import { BODY_SIZE, CODE_SIZE, FONT, FONT_BOLD, FONT_MONO, FULL_WIDTH, SMALL_SIZE } from "./metrics";

export interface BoxOptions {
	name: "Address" | "UserCode" | "ServerAddress";
	text: string;
	editable?: boolean;
	large?: boolean;
	onEnter?: (text: string) => void;
}

/** A box with selectable text: plugins cannot write to the clipboard. */
export function box(theme: Theme, options: BoxOptions): TextBox {
	const large = options.large ?? false;
	const textBox = create("TextBox")({
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
	// Deferred: the click that focuses the box also moves the cursor.
	textBox.Focused.Connect(() => {
		task.defer(() => {
			textBox.SelectionStart = 1;
			textBox.CursorPosition = textBox.Text.size() + 1;
		});
	});
	textBox.FocusLost.Connect((enterPressed) => {
		if (enterPressed) options.onEnter?.(textBox.Text);
	});
	return textBox;
}

export interface ButtonOptions {
	/** Also the button's Name, without spaces. */
	text: string;
	main?: boolean;
	enabled?: boolean;
	onClick: () => void;
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
			if (enabled) options.onClick();
		},
		[1]: corner(),
		[2]: create("UIStroke")({
			ApplyStrokeMode: Enum.ApplyStrokeMode.Border,
			Color: main ? theme.accent : theme.line,
		}),
		[3]: padding(8, 8),
	});
}

/** A text link, for rare actions. */
export function link(theme: Theme, text: string, onClick: () => void): TextButton {
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
		Activated: onClick,
	});
}
